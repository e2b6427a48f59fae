package desk;

import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** Figures over the last days: what was spent, how long tasks took, and why they failed. Computed at most once a minute. */
public final class Charts {
    private static final int MOST_DAYS = 366;
    private static final int MOST_RECORDS = 100_000;

    private final Cached<Map<String, Object>> charts = new Cached<>(Duration.ofMinutes(1));

    /**
     * Computes the figures.
     *
     * @param exchange has the number of days in its header {@code days}
     * @return the figures
     */
    public Map<String, Object> of(Exchange exchange) {
        int days = exchange.getMessage().getHeader("days", 30, Integer.class);
        if (days < 1 || days > MOST_DAYS) {
            throw new Refused(400, "days must be from 1 to " + MOST_DAYS + ", not " + days + ".");
        }
        return charts.get(String.valueOf(days), () -> new Sums().read(days, exchange));
    }

    private record DayAndModel(LocalDate day, String model) {}

    /** What one pass over the records adds up. */
    private static final class Sums {
        private final Map<DayAndModel, BigDecimal> credits = new LinkedHashMap<>();
        private final Map<DayAndModel, Long> tasks = new LinkedHashMap<>();
        private final Map<String, List<Long>> seconds = new TreeMap<>();
        private final Map<String, Long> failures = new TreeMap<>();

        Map<String, Object> read(int days, Exchange exchange) {
            // Whole days of UTC, the last of which is today.
            Instant first = Desk.now(exchange).truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L));
            TaskFilter filter = TaskFilter.ALL.withCreatedAfter(first);
            TaskPage page = TaskPage.first(TaskPage.LARGEST);
            List<TaskRecord> records;
            do {
                records = Desk.operator(exchange).list(filter, page);
                records.forEach(this::add);
                page = page.next();
            } while (records.size() == page.limit() && page.offset() < MOST_RECORDS);
            Map<String, Object> charts = new LinkedHashMap<>();
            charts.put("isWhole", records.size() < page.limit());
            charts.put("spend", spend());
            charts.put("durations", durations());
            charts.put("failures", failures());
            return charts;
        }

        private void add(TaskRecord record) {
            String model = record.origin().model() == null
                    ? "unknown"
                    : record.origin().model();
            if (record.state() == TaskState.REJECTED) {
                failures.merge("not accepted", 1L, Long::sum);
                return;
            }
            LocalDate day = record.times().createdAt().atZone(ZoneOffset.UTC).toLocalDate();
            DayAndModel bar = new DayAndModel(day, model);
            BigDecimal price = record.price().known();
            credits.merge(bar, price == null ? BigDecimal.ZERO : price, BigDecimal::add);
            tasks.merge(bar, 1L, Long::sum);
            VideoTask result = Tasks.result(record);
            if (result == null) {
                return;
            }
            if (result.status().isFailure()) {
                failures.merge(result.errorCode() == null ? result.status().name() : result.errorCode(), 1L, Long::sum);
            } else if (record.times().acceptedAt() != null && record.times().endedAt() != null) {
                long took = Duration.between(
                                record.times().acceptedAt(), record.times().endedAt())
                        .toSeconds();
                seconds.computeIfAbsent(model, name -> new ArrayList<>()).add(took);
            }
        }

        private List<Map<String, Object>> spend() {
            return credits.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(
                            Comparator.comparing(DayAndModel::day).thenComparing(DayAndModel::model)))
                    .map(bar -> Map.<String, Object>of(
                            "day", bar.getKey().day().toString(),
                            "model", bar.getKey().model(),
                            "credits", bar.getValue(),
                            "tasks", tasks.get(bar.getKey())))
                    .toList();
        }

        private List<Map<String, Object>> durations() {
            return seconds.entrySet().stream()
                    .map(model -> {
                        List<Long> sorted = model.getValue().stream().sorted().toList();
                        return Map.<String, Object>of(
                                "model", model.getKey(),
                                "count", sorted.size(),
                                "p50Seconds", percentile(sorted, 50),
                                "p90Seconds", percentile(sorted, 90));
                    })
                    .toList();
        }

        /** The nearest rank. */
        private static long percentile(List<Long> sorted, int percent) {
            return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
        }

        private List<Map<String, Object>> failures() {
            return failures.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .map(reason -> Map.<String, Object>of("reason", reason.getKey(), "count", reason.getValue()))
                    .toList();
        }
    }
}
