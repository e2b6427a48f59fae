package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.api.TaskRecord.Times;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.IdempotencyPolicy.Decision;
import io.github.camelsora.internal.submit.IdempotencyPolicy.InFlight;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.ToApisClient;
import io.github.camelsora.support.TaskTestSupport;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a submit leads to, by the record of its key and by what is in flight under the key. */
class IdempotencyPolicyTest {
    private static final String HERE = "https://toapis.com";
    private static final String ELSEWHERE = "https://toapis.example.org";
    private static final String RESULT =
            "{\"status\": \"COMPLETED\", \"video_url\": \"https://files.toapis.com/x.mp4\"}";

    private static final String TABLE = """
            record             | NONE     | MAYBE_ELSEWHERE | SAME_REQUEST | OTHER_REQUEST
            -                  | SEND     | SEND            | JOIN         | CONFLICT
            REJECTED           | SEND     | SEND            | JOIN         | CONFLICT
            INTENT             | RECOVER  | JOIN            | JOIN         | CONFLICT
            UNKNOWN            | RECOVER  | RECOVER         | RECOVER      | CONFLICT
            SET_ASIDE          | RECOVER  | RECOVER         | RECOVER      | CONFLICT
            SET_ASIDE with id  | FOLLOW   | FOLLOW          | FOLLOW       | CONFLICT
            RUNNING with id    | FOLLOW   | FOLLOW          | FOLLOW       | CONFLICT
            ENDED with id      | FOLLOW   | FOLLOW          | FOLLOW       | CONFLICT
            DELIVERED with id  | FOLLOW   | FOLLOW          | FOLLOW       | CONFLICT
            """;

    private record Row(String record, InFlight inFlight, Decision decision) {}

    static List<Row> rows() {
        List<List<String>> lines = TABLE.lines()
                .map(line -> Stream.of(line.split("\\|")).map(String::strip).toList())
                .toList();
        List<String> columns = lines.get(0);
        return lines.stream()
                .skip(1)
                .flatMap(line -> Stream.of(InFlight.values())
                        .map(inFlight -> new Row(
                                line.get(0), inFlight, Decision.valueOf(line.get(columns.indexOf(inFlight.name()))))))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theSameRequestIsDecidedByTheTable(Row row) {
        Optional<TaskRecord> record = record(row.record(), "Add a puppy", HERE);

        Decision decision = IdempotencyPolicy.decide(record, row.inFlight(), submit("Add a puppy"));

        assertThat(decision).isEqualTo(row.decision());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aDifferentRequestIsSentOnlyWhereNothingWasPaid(Row row) {
        Optional<TaskRecord> record = record(row.record(), "Add a kitten", HERE);
        boolean isPaid = record.isPresent() && record.get().state() != TaskState.REJECTED;

        Decision decision = IdempotencyPolicy.decide(record, row.inFlight(), submit("Add a puppy"));

        assertThat(decision).isEqualTo(isPaid ? Decision.CONFLICT : row.decision());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aRequestAtAnotherServiceIsAnsweredOnlyFromAResult(Row row) {
        Optional<TaskRecord> record = record(row.record(), "Add a puppy", ELSEWHERE);
        boolean isToBeQueried = record.filter(
                        standing -> standing.state() != TaskState.REJECTED && standing.result() == null)
                .isPresent();

        Decision decision = IdempotencyPolicy.decide(record, row.inFlight(), submit("Add a puppy"));

        assertThat(decision).isEqualTo(isToBeQueried ? Decision.CONFLICT : row.decision());
    }

    @ParameterizedTest
    @EnumSource(InFlight.class)
    void anotherOperationUnderTheKeyIsAConflict(InFlight inFlight) {
        Optional<TaskRecord> remix = record("RUNNING with id", "Add a puppy", HERE);
        SubmitCommand generate = submit("Add a puppy", "generate");

        assertThat(IdempotencyPolicy.decide(remix, inFlight, generate)).isEqualTo(Decision.CONFLICT);
    }

    @Test
    void aConflictSaysWhatTheKeyWasUsedFor() {
        SubmitCommand puppy = submit("Add a puppy");

        assertThat(puppy.conflict(record("RUNNING with id", "Add a kitten", HERE)))
                .hasMessageContainingAll("key-1", "different request", "RUNNING as task video_1", "Nothing was sent")
                .hasFieldOrPropertyWithValue("outcome", SubmitOutcome.NOT_SENT);
        assertThat(puppy.conflict(record("RUNNING with id", "Add a puppy", ELSEWHERE)))
                .hasMessageContainingAll("key-1", ELSEWHERE, HERE, "nothing was sent")
                .hasFieldOrPropertyWithValue("outcome", SubmitOutcome.ACCEPTED);
        assertThat(puppy.conflict(Optional.empty()))
                .hasMessageContainingAll("key-1", "waits to be sent", "Nothing was sent");
    }

    @Test
    void theTableHasEachState() {
        Set<TaskState> states = rows().stream()
                .map(Row::record)
                .filter(record -> !record.equals("-"))
                .map(record -> TaskState.valueOf(record.split(" ")[0]))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TaskState.class)));

        assertThat(states).containsExactlyInAnyOrderElementsOf(Arrays.asList(TaskState.values()));
    }

    private static Optional<TaskRecord> record(String name, String prompt, String baseUrl) {
        if (name.equals("-")) {
            return Optional.empty();
        }
        TaskState state = TaskState.valueOf(name.split(" ")[0]);
        boolean isEnded = state == TaskState.ENDED || state == TaskState.DELIVERED;
        return Optional.of(new TaskRecord(
                "default",
                "key-1",
                "key-1~0123456789",
                baseUrl,
                "remix",
                request(prompt).toJson(),
                state,
                name.endsWith("with id") ? "video_1" : null,
                isEnded ? RESULT : null,
                null,
                new Times(Instant.EPOCH, null, null, null, null),
                Due.NOTHING,
                0,
                null,
                null,
                null,
                null,
                0));
    }

    private static SubmitRequest request(String prompt) {
        return SubmitRequest.of(SubmitOperation.REMIX, RemixRequest.of("video_0", prompt));
    }

    private static SubmitCommand submit(String prompt) {
        return submit(prompt, "remix");
    }

    private static SubmitCommand submit(String prompt, String operation) {
        ToApisClient client =
                new ToApisClient(BaseUrl.parse(HERE), ApiKey.fixed("sk-1"), TaskTestSupport.SILENT, null, null);
        ServiceProfile service = new ServiceProfile("default", client, true, null, null, null);
        return new SubmitCommand(
                new TaskKey("default", "key-1"),
                new SubmitRequest(
                        SubmitOperation.of(operation),
                        "video_0",
                        request(prompt).fields()),
                service,
                TaskLabels.NONE,
                Spending.NONE,
                false);
    }
}
