package desk;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelsora.api.TaskRecord;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Measures how long the list takes with 10 000 records. Not a test: a shared machine decides what it prints. */
final class ListSpeed {
    private static final int RECORDS = 10_000;
    private static final int CALLS = 60;
    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ListSpeed() {}

    public static void main(String[] args) throws Exception {
        try (SimulatedDesk desk = SimulatedDesk.start(Map.of("camel.component.sora.spend-limit", "90000000/1d"))) {
            fill(desk);
            Browser browser = new Browser(desk);
            for (String path : List.of(
                    "api/tasks",
                    "api/tasks?offset=9900&limit=50&sort=created",
                    "api/tasks?q=state:delivered%20order-4711",
                    "api/tasks?q=correlation:order-4711",
                    "api/tasks?limit=200&sort=-price",
                    "api/summary",
                    "api/charts?days=30")) {
                long[] nanos = new long[CALLS];
                long cpuBefore = CPU.getProcessCpuTime();
                for (int i = 0; i < CALLS; i++) {
                    long start = System.nanoTime();
                    if (browser.get(path).status() != 200) {
                        throw new IllegalStateException(path);
                    }
                    nanos[i] = System.nanoTime() - start;
                }
                long cpu = (CPU.getProcessCpuTime() - cpuBefore) / CALLS;
                long first = nanos[0];
                Arrays.sort(nanos);
                System.out.printf(
                        "== %-55s first %4d ms, median %4d ms, p95 %4d ms, CPU %4d ms a call%n",
                        path,
                        first / 1_000_000,
                        nanos[CALLS / 2] / 1_000_000,
                        nanos[CALLS * 95 / 100] / 1_000_000,
                        cpu / 1_000_000);
            }
        }
    }

    private static void fill(SimulatedDesk desk) {
        MadeUpRecords records =
                new MadeUpRecords(desk.component().ledger(), desk.toApis().baseUrl());
        Instant now = desk.component().ledger().now();
        for (int i = 0; i < RECORDS; i++) {
            Instant at = now.minus(Duration.ofSeconds(240L * i + 600));
            MadeUpRecords.Order order = new MadeUpRecords.Order(
                    "default",
                    "order-" + i,
                    "video_source",
                    "sora-2",
                    "Add snow and lights to the street",
                    "social",
                    "acme",
                    "order-" + i);
            TaskRecord running =
                    records.accepted(records.intent(order, 20, at), "video_" + i, at.plusSeconds(2));
            records.delivered(
                    records.completed(
                            running, at.plusSeconds(200), "https://files.example/video_" + i + ".mp4?signature=x"),
                    at.plusSeconds(201));
        }
    }
}
