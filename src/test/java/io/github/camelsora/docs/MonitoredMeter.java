package io.github.camelsora.docs;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A meter of the table on the page for operators, as Prometheus sees it. {@link MetersTest} compares the table with the meters of
 * the component.
 *
 * @param names the names of its time series
 * @param tags the values of each tag; none where they are not fixed
 */
record MonitoredMeter(Set<String> names, Map<String, Set<String>> tags) {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(sora\\.[a-z.]+)` \\| (counter|gauge|timer)(?:, (\\w+))? \\| ([^|]*)\\|");
    private static final Pattern TAG = Pattern.compile("`(\\w+)`(?:: (`\\w+`(?:, `\\w+`)*))?");
    private static final PrometheusNamingConvention CONVENTION = new PrometheusNamingConvention();

    static List<MonitoredMeter> all() {
        return ROW.matcher(
                        Page.at(Path.of("src/main/docs/sora-operations.adoc")).text())
                .results()
                .map(row -> new MonitoredMeter(series(row.group(1), row.group(2), row.group(3)), tags(row.group(4))))
                .toList();
    }

    static Set<String> allNames() {
        return all().stream().flatMap(meter -> meter.names().stream()).collect(Collectors.toSet());
    }

    /** The meter that has a time series of this name. */
    static MonitoredMeter of(String name) {
        return all().stream()
                .filter(meter -> meter.names().contains(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no meter " + name));
    }

    private static Set<String> series(String meter, String type, String unit) {
        String name = CONVENTION.name(meter, Meter.Type.valueOf(type.toUpperCase(Locale.ROOT)), unit);
        return type.equals("timer")
                ? Stream.of("", "_count", "_sum", "_max", "_bucket")
                        .map(ending -> name + ending)
                        .collect(Collectors.toSet())
                : Set.of(name.endsWith("_total") || type.equals("gauge") ? name : name + "_total");
    }

    private static Map<String, Set<String>> tags(String cell) {
        Map<String, Set<String>> tags = new LinkedHashMap<>();
        tags.put("component", Set.of());
        for (MatchResult tag : TAG.matcher(cell).results().toList()) {
            tags.put(
                    tag.group(1),
                    tag.group(2) == null
                            ? Set.of()
                            : Stream.of(tag.group(2).replace("`", "").split(", "))
                                    .collect(Collectors.toSet()));
        }
        return tags;
    }
}
