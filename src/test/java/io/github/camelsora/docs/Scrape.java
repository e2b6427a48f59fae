package io.github.camelsora.docs;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus reads of an application at one moment.
 *
 * @param values the value of each time series, by its name with its labels
 */
record Scrape(Map<String, Double> values) {
    private static final Pattern LINE = Pattern.compile("(?m)^(sora_\\w+\\{.*}) (\\S+)$");

    static Scrape of(PrometheusMeterRegistry registry) {
        return new Scrape(LINE.matcher(registry.scrape())
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> Double.valueOf(line.group(2)))));
    }

    /**
     * The sum of some time series.
     *
     * @param selector a name, and if need be a regular expression of labels, such as {@code sora_polls_total{result="ended"}}
     */
    double sum(String selector) {
        String name = selector.replaceAll("\\{.*", "");
        Pattern labels = Pattern.compile(selector.substring(name.length()).replaceAll("[{}]", ""));
        return values.entrySet().stream()
                .filter(series -> series.getKey().startsWith(name + "{"))
                .filter(series -> labels.matcher(series.getKey()).find())
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
