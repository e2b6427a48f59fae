package desk;

import desk.MadeUpRecords.Order;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A day of made-up tasks in every state, after a month of others. The records are written into the ledger of a running desk. */
final class MadeUpDay {
    private static final int TASKS_OF_THE_DAY = 150;
    private static final int TASKS_OF_A_DAY_BEFORE = 60;
    private static final int DAYS_BEFORE = 28;

    private record Failure(TaskStatus status, String code, String message) {}

    private static final List<Failure> FAILURES = List.of(
            new Failure(
                    TaskStatus.FAILED, "content_policy_violation", "The request was flagged by the moderation system"),
            new Failure(TaskStatus.FAILED, "content_policy_violation", "The video shows a real person"),
            new Failure(TaskStatus.FAILED, "generation_failed", "Internal error while frames were rendered"),
            new Failure(TaskStatus.FAILED, "upstream_timeout", "The model did not answer in time"),
            new Failure(
                    TaskStatus.FAILED, "InvalidParameter.TaskTypeConstraint", "duration does not fit video_operation"),
            new Failure(TaskStatus.EXPIRED, "result_expired", "The video was not fetched within 24 hours"));

    private final SimulatedDesk desk;
    private final MadeUpRecords records;
    private final MadeUpOrders orders = new MadeUpOrders();
    private final Random random = orders.random();
    private final Instant now;
    private final List<String> sources;

    MadeUpDay(SimulatedDesk desk) {
        this.desk = desk;
        this.records =
                new MadeUpRecords(desk.component().ledger(), desk.toApis().baseUrl());
        this.now = desk.component().ledger().now().truncatedTo(ChronoUnit.SECONDS);
        this.sources = Stream.generate(desk.toApis()::addSource)
                .limit(12)
                .toList();
    }

    void write() {
        for (int day = DAYS_BEFORE; day >= 1; day--) {
            Instant start = now.minus(Duration.ofDays(day + 1L));
            for (int i = TASKS_OF_A_DAY_BEFORE - day + random.nextInt(40); i > 0; i--) {
                ended(order("default"), start.plusSeconds(random.nextInt(86_400)), false);
            }
        }
        for (int i = 0; i < TASKS_OF_THE_DAY; i++) {
            // Most orders come in the middle of the day.
            long ago = 1_800 + random.nextInt(42_000) + random.nextInt(36_000);
            ended(order(i % 12 == 0 ? "trailers" : i % 17 == 0 ? "shop" : "default"), now.minusSeconds(ago), true);
        }
        undelivered();
        setAside();
        lineage();
    }

    private Order order(String account) {
        return orders.next(account, random.nextInt(12) == 0 ? null : sources.get(random.nextInt(sources.size())));
    }

    /** A task that has ended well, or badly, or was not accepted; and that a route has taken. */
    private void ended(Order order, Instant at, boolean canPlay) {
        TaskRecord intent = records.intent(order, MadeUpOrders.creditsOf(order.model()), at);
        int dice = random.nextInt(100);
        if (dice < 2) {
            records.rejected(intent, at.plusSeconds(1), "model_overloaded");
            return;
        }
        Instant end = at.plusSeconds(2L + orders.secondsOf(order.model()));
        TaskRecord running = records.accepted(intent, newId(canPlay), at.plusSeconds(2));
        TaskRecord ended;
        if (dice < 10) {
            Failure failure = FAILURES.get(random.nextInt(FAILURES.size()));
            ended = records.failed(running, end, failure.status(), failure.code(), failure.message());
        } else {
            ended = records.completed(running, end, urlOf(running));
        }
        records.delivered(ended, end.plusMillis(300 + random.nextInt(2_000)));
    }

    /** Results that no route takes: some for 20 minutes, and some whose videos expire within two hours. */
    private void undelivered() {
        for (int i = 0; i < 11; i++) {
            long ago = i < 4 ? 22 * 3_600L + 1_900 + 1_300L * i : 900L + 600 * i;
            Order order = orders.next("default", sources.get(i));
            completed(
                    new Order(
                            order.account(),
                            order.key(),
                            order.sourceId(),
                            "sora-2",
                            order.prompt(),
                            "print",
                            order.tenant(),
                            order.correlationId()),
                    now.minusSeconds(ago));
        }
    }

    private TaskRecord completed(Order order, Instant end) {
        Instant at = end.minusSeconds(orders.secondsOf(order.model()));
        TaskRecord intent = records.intent(order, MadeUpOrders.creditsOf(order.model()), at.minusSeconds(2));
        TaskRecord running = records.accepted(intent, newId(true), at);
        return records.completed(running, end, urlOf(running));
    }

    private void setAside() {
        for (int i = 0; i < 5; i++) {
            TaskRecord ended = completed(orders.next("default", sources.get(i)), now.minusSeconds(9_000 + 1_700L * i));
            records.setAside(
                    ended, now.minusSeconds(6_000 + 900L * i), "DeliveryExhausted", "all deliveries have failed");
        }
        Instant yesterday = now.minus(Duration.ofHours(26));
        TaskRecord running = records.accepted(
                records.intent(orders.next("default", sources.get(5)), 20, yesterday), newId(false), yesterday);
        records.setAside(running, yesterday.plus(Duration.ofDays(1)), "TrackingTimedOut", null);
        TaskRecord held = completed(orders.next("default", sources.get(6)), now.minusSeconds(5_000));
        desk.component()
                .operator()
                .setAside(held.account(), held.key(), new Operator("anna", "The customer asked us to hold this order"));
    }

    /** Three generations: a video, a remix of it, and two remixes of the remix. */
    private void lineage() {
        TaskRecord first = completed(
                generation(1, sources.get(0), "Replace the coffee cup by a bottle of our elderflower lemonade"),
                now.minusSeconds(9_800));
        records.delivered(first, now.minusSeconds(9_799));
        TaskRecord second = completed(
                generation(2, first.taskId(), "Add a slice of lemon, and drops of water on the glass"),
                now.minusSeconds(6_900));
        records.delivered(second, now.minusSeconds(6_899));
        for (int i = 3; i <= 4; i++) {
            TaskRecord third = completed(
                    generation(
                            i,
                            second.taskId(),
                            i == 3 ? "The same at night, with candles" : "The same in upright format"),
                    now.minusSeconds(3_600 + 60L * i));
            records.delivered(third, now.minusSeconds(3_500));
        }
    }

    private static Order generation(int number, String sourceId, String prompt) {
        return new Order(
                "default",
                "lemonade-" + number,
                sourceId,
                "sora-2",
                prompt,
                "social",
                "bakery-lune",
                "campaign-lemonade");
    }

    /** An id of the service; a video that can be played is one of the simulator. */
    private String newId(boolean canPlay) {
        return canPlay ? desk.toApis().addSource() : "video_%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    private String urlOf(TaskRecord running) {
        return !isKnown(running.taskId())
                ? "https://files.toapis.example/" + running.taskId() + ".mp4?signature=none"
                : desk.toApis().task(running.taskId()).videoUrls().get(0);
    }

    private static boolean isKnown(String taskId) {
        // The simulator's ids have dashes.
        return taskId.contains("-");
    }
}
