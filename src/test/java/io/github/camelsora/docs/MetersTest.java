package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.metrics.MeterName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of meters on the page for operators has each meter. */
class MetersTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(sora\\.[a-z.]+)` \\| (counter|gauge|timer)");

    @Test
    void everyMeterHasItsRow() throws Exception {
        String page = Files.readString(Path.of("src/main/docs/sora-operations.adoc"));

        List<String> rows = ROW.matcher(page)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(MeterName.values()).map(MeterName::text).toList());
    }
}
