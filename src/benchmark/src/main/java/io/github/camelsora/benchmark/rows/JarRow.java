package io.github.camelsora.benchmark.rows;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How large the jar is, without what it depends on. */
public final class JarRow implements Row {
    private static final String WHAT = "the jar, without Camel's own";
    private static final double MOST_KILOBYTES = 1_000;

    @Override
    public String name() {
        return "jar";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        Path jar = Path.of(SoraComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (!Files.isRegularFile(jar)) {
            return List.of(Figure.shown(WHAT, "not measured: the classes come from a folder"));
        }
        return List.of(Figure.atMost(WHAT, MOST_KILOBYTES, Files.size(jar) / 1e3, "%.0f KB"));
    }
}
