package io.github.camelsora.docs;

import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application that is well and then broken, as Prometheus sees it: what has happened between the two scrapes of a phase goes on to
 * happen once a minute.
 *
 * @param well the first phase
 * @param broken the second phase
 */
record AlertScenario(Phase well, Phase broken) {
    /** How long a phase lasts: longer than the window of any rule with its {@code for}. */
    private static final int MINUTES = 120;

    private static final int MINUTES_BETWEEN_CHECKS = 10;

    record Phase(Scrape first, Scrape second) {
        /** The value of a series after some minutes; null when the application does not show it. */
        private Double after(int minutes, String series) {
            Double last = second.values().get(series);
            if (last == null) {
                return null;
            }
            double begin = first.values().getOrDefault(series, 0.0);
            return begin + minutes * (last - begin);
        }
    }

    /** A test for promtool: no alert fires while the application is well, and this one when it has been broken for long. */
    String promtoolTest(String alert) {
        StringBuilder test = new StringBuilder("""
                rule_files: ['%s']
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                """.formatted(MonitoringRules.FILE));
        for (String name : series()) {
            test.append("      - series: '")
                    .append(name.replace("{", "{job=\"orders\",instance=\"a\","))
                    .append("'\n        values: '")
                    .append(values(name))
                    .append("'\n");
        }
        test.append("    promql_expr_test:\n");
        for (int minute = 0; minute < MINUTES; minute += MINUTES_BETWEEN_CHECKS) {
            test.append("      - expr: ALERTS{alertstate=\"firing\"}\n        eval_time: ")
                    .append(minute)
                    .append("m\n");
        }
        return test.append("""
                              - expr: count by (alertname) (ALERTS{alertstate="firing", alertname="%s"})
                                eval_time: %dm
                                exp_samples:
                                  - labels: '{alertname="%s"}'
                                    value: 1
                        """.formatted(alert, 2 * MINUTES, alert)).toString();
    }

    private Set<String> series() {
        return Stream.of(well.first(), well.second(), broken.first(), broken.second())
                .flatMap(scrape -> scrape.values().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String values(String series) {
        boolean isCounter = series.matches("sora_\\w+_(total|count|sum)\\{.*");
        StringBuilder values = new StringBuilder();
        for (int minute = 0; minute < MINUTES; minute++) {
            // A gauge of what works goes up and down.
            values.append(text(well.after(isCounter ? minute : minute % 2, series), 0));
        }
        // A counter goes on from where it was.
        Double counted = isCounter ? well.after(MINUTES, series) : null;
        double offset = counted == null ? 0 : counted - well.second().values().get(series);
        for (int minute = 0; minute <= MINUTES; minute++) {
            values.append(text(broken.after(minute, series), offset));
        }
        return values.toString();
    }

    private static String text(Double value, double offset) {
        return value == null || value.isNaN()
                ? "_ "
                : BigDecimal.valueOf(value + offset).toPlainString() + " ";
    }
}
