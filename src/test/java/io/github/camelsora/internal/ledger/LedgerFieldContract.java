package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written comes back. */
interface LedgerFieldContract extends LedgerUnderTest {
    Instant NOON = LedgerRecords.NOON;

    @Test
    default void everyFieldComesBackAsItWasWritten() {
        TaskRecord record = everyField();

        ledger().add(record);

        assertThat(ledger().find(record.account(), record.key())).contains(record);
    }

    @Test
    default void everyFieldComesBackAsItWasReplaced() {
        TaskRecord every = everyField();
        TaskRecord intent = added(LedgerRecords.intent(every.account(), every.key()));

        TaskRecord written =
                ledger().replace(every.withVersion(intent.version())).orElseThrow();

        assertThat(written).isEqualTo(every.withVersion(written.version()));
        assertThat(ledger().find(every.account(), every.key())).contains(written);
    }

    private static TaskRecord everyField() {
        return new TaskRecord(
                "account ‘größer’",
                "key/with spaces, ünï💡 and 'quotes'",
                null,
                "https://toapis.com/größe",
                "remix",
                "{\"prompt\": \"" + "Ein Hündchen 🐶 spielt\\n".repeat(5_000) + "\"}",
                TaskState.ENDED,
                "video_01K8SGYNNNVBQTXNR4MM964S7K_é",
                "{\"errorMessage\": \"" + "内容违反政策 ".repeat(50_000) + "\"}",
                "node-1",
                new Times(
                        NOON.plusMillis(1),
                        NOON.plusMillis(2),
                        NOON.plusMillis(3),
                        NOON.plusMillis(4),
                        NOON.plusMillis(5)),
                new Due(NOON.plusMillis(6), NOON.plusMillis(999), NOON.plusMillis(7)),
                7,
                "größe",
                Map.of("CamelFileName", "größe/動画.mp4", "empty", ""),
                new TaskOrigin(
                        "video_0",
                        "sora-2-größe",
                        "Mieter “ä”",
                        9,
                        "order/7 💡",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                new TaskPrice(new BigDecimal("0.8"), new BigDecimal("1200")),
                0);
    }

    @Test
    default void unknownFieldsComeBackAsNull() {
        TaskRecord record = new TaskRecord(
                "default",
                "key-1",
                null,
                "https://toapis.com",
                "await",
                null,
                TaskState.RUNNING,
                null,
                null,
                null,
                new Times(NOON, null, null, null, null),
                Due.NOTHING,
                0,
                null,
                null,
                null,
                null,
                0);

        ledger().add(record);

        assertThat(ledger().find("default", "key-1")).contains(record);
    }

    @Test
    default void aFieldCanBecomeUnknownAgain() {
        TaskRecord record = everyField();
        ledger().add(record);

        ledger().replace(record.ownedBy(null).dueAt(null));

        assertThat(ledger().find(record.account(), record.key()).orElseThrow())
                .extracting(TaskRecord::owner, r -> r.due().nextDelivery())
                .containsOnlyNulls();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("text", "größe/動画.mp4"),
                Arguments.of("int", 3),
                Arguments.of("long", 5_000_000_000L),
                Arguments.of("double", 1.5),
                Arguments.of("boolean", true),
                Arguments.of("list", List.of("a", 1, List.of(false))),
                Arguments.of("map", Map.of("a", 1, "b", Map.of("c", List.of()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.camelsora.internal.ledger.LedgerFieldContract#headers")
    default void aHeaderComesBackAsItWasCarried(String kind, Object value) {
        TaskRecord record = LedgerRecords.with(LedgerRecords.intent("default", "key-1"), null, Map.of(kind, value));

        ledger().add(record);

        assertThat(ledger().find("default", "key-1"))
                .map(TaskRecord::carriedHeaders)
                .contains(Map.of(kind, value));
    }

    // A time finer than a ledger keeps, a float: the answer must be what later reads find.
    @Test
    default void aChangeAnswersTheRecordThatIsFoundAfterwards() {
        TaskRecord intent = LedgerRecords.intent("default", "key-1");
        Map<String, Object> headers = Map.of("float", 1.5f, "long", 3L);
        ledger().add(intent);

        Optional<TaskRecord> answered =
                ledger().replace(LedgerRecords.with(intent.lossReported(NOON.plusNanos(123_456_789)), null, headers));

        assertThat(answered).isPresent().isEqualTo(ledger().find("default", "key-1"));
    }

    // A service that cuts a message may cut it in the middle of a character. The rest of the message must not be lost
    // for that.
    @Test
    default void aResultThatIsNoProperTextIsWrittenAndDelivered() {
        TaskRecord running = standing(TaskState.RUNNING);

        TaskRecord ended = ledger().replace(running.ended("{\"errorMessage\": \"A puppy \ud83d\"}", NOON))
                .orElseThrow();
        Optional<TaskRecord> delivered = ledger().replace(ended.delivered(NOON));

        assertThat(delivered).map(TaskRecord::state).contains(TaskState.DELIVERED);
        assertThat(ledger().find("default", "key-1").orElseThrow().result())
                .startsWith("{\"errorMessage\": \"A puppy ");
    }

    @Test
    default void aThreadThatIsInterruptedWritesAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        boolean isStillInterrupted;
        try {
            ledger().add(LedgerRecords.intent("default", "key-1"));
        } finally {
            isStillInterrupted = Thread.interrupted();
        }

        assertThat(isStillInterrupted).isTrue();
        assertThat(ledger().find("default", "key-1")).isPresent();
    }
}
