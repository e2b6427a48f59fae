package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an answer is about a task: of the key key-1, a remix of video_0 by sora-2, sent with the wire key key-1~0123456789. */
class TaskIdentityTest extends TrackTestSupport {
    private static final String WIRE_KEY = "key-1~0123456789";
    private static final String OTHER_INTENT = "key-1~9876543210";
    private static final String REQUEST =
            "{\"video_id\": \"video_0\", \"model\": \"sora-2\", \"prompt\": \"Add a puppy\"}";

    private TaskRecord lost;
    private TaskRecord record;

    @BeforeEach
    void addTheRecord() {
        lost = LedgerRecords.intent(ACCOUNT, "key-1", REQUEST);
        record = add(lost.accepted("video_1", LedgerRecords.NOON.plusSeconds(1), LedgerRecords.TRACK_UNTIL));
    }

    @ParameterizedTest
    @ValueSource(strings = {WIRE_KEY, "KEY-1~0123456789", "another~0123456789", "key-1~0", "gateway-77"})
    void anAnswerWithTheIdIsBelievedWhateverKeyAGatewayMakesOfOurs(String wireKey) {
        assertThat(mismatch(carrying("video_1", wireKey))).isEmpty();
    }

    @Test
    void anAnswerWithTheIdAndWithoutAKeyIsBelievedWhateverItsContent() {
        VideoTask renamed = described("video_1", "veo-3", LedgerRecords.NOON.minusSeconds(3_600), "Add a kitten", null);

        assertThat(mismatch(renamed)).isEmpty();
    }

    @Test
    void anAnswerWithTheIdAndTheKeyOfAnotherIntentIsNotBelievedWhereKeysAreSent() {
        assertThat(mismatch(carrying("video_1", OTHER_INTENT)))
                .hasValue("it carries the key " + OTHER_INTENT + ", and this request was sent with " + WIRE_KEY);
        assertThat(identity.mismatch(record, false, carrying("video_1", OTHER_INTENT)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"video_1", "tsk_1"})
    void anAnswerWithTheKeyOfAnotherRecordIsNotBelieved(String id) {
        TaskRecord other = add(LedgerRecords.intentWith(ACCOUNT, "key-2", "key-2~abcdefghij")
                .accepted("video_2", LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL));

        assertThat(mismatch(carrying(id, other.wireKey()))).hasValue("it carries the key of the request of key key-2");
        assertThat(identity.mismatch(record, false, carrying(id, other.wireKey())))
                .hasValue("it carries the key of the request of key key-2");
    }

    @Test
    void anAnswerUnderAnIdOfAnotherFormIsBelievedByItsKey() {
        VideoTask renamed = described("tsk_1", "veo-3", null, "Add a kitten", WIRE_KEY);

        assertThat(mismatch(renamed)).isEmpty();
    }

    @Test
    void anAnswerUnderAnIdOfAnotherFormIsNotBelievedWithAForeignKey() {
        assertThat(mismatch(carrying("tsk_1", "gateway-77")).orElseThrow()).startsWith("it carries the key gateway-77");
        assertThat(identity.mismatch(record, false, carrying("tsk_1", "gateway-77")))
                .isEmpty();
    }

    @Test
    void anAnswerUnderAnIdOfAnotherFormIsBelievedWhenNothingContradictsIt() {
        assertThat(mismatch(carrying("tsk_1", null))).isEmpty();
        assertThat(mismatch(carrying("tsk_1", "key-1~0"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {WIRE_KEY, ""})
    void theSourceIsNotTheRemix(String wireKey) {
        VideoTask source = carrying("video_0", wireKey.isEmpty() ? null : wireKey);

        assertThat(mismatch(source)).hasValue("it is the source of this request");
    }

    @Test
    void anIdOfAnotherRecordIsNotBelievedEvenWithTheKey() {
        addRunning("key-2");

        assertThat(mismatch(carrying("video_key-2", WIRE_KEY))).hasValue("task video_key-2 is that of key key-2");
    }

    @Test
    void anIdOfAnotherAccountThatIsInUseHereIsNotBelieved() {
        ledger.add(LedgerRecords.running("shop", "key-3", "video_3"));
        assertThat(mismatch(carrying("video_3", null))).isEmpty();

        entries.with(new TaskKey("shop", "key-4"), service, task -> task);

        assertThat(mismatch(carrying("video_3", null))).hasValue("task video_3 is that of key key-3");
    }

    @Test
    void anIdOfARequestThatWasForgottenIsNotBelieved() {
        ledger.forget(addRunning("key-2"), null);

        assertThat(mismatch(carrying("video_key-2", null)).orElseThrow())
                .contains("task video_key-2 is that of an earlier request", "forgotten or retried");
    }

    @Test
    void anAnswerThatIsOlderThanTheRequestIsNotBelieved() {
        Instant tooOld = LedgerRecords.NOON.minus(Duration.ofMinutes(5)).minusMillis(1);

        assertThat(mismatch(described("tsk_1", null, tooOld, null, null)))
                .hasValue("it was created at " + tooOld + ", before this request was sent");
        assertThat(mismatch(described("tsk_1", null, tooOld.plusMillis(1), null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "veo-3, Add a puppy, its model is veo-3",
        "sora, Add a kitten, its prompt is another",
        "veo-3, Add a kitten, its model is veo-3"
    })
    void anotherModelOrPromptIsAContradiction(String model, String prompt, String reason) {
        assertThat(mismatch(described("tsk_1", model, null, prompt, null))).hasValue(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "SORA-2-2026-01-01, 'add a PUPPY'",
        "sora, Add",
        ", '  Add   a puppy and more '",
        "sora-2, ",
        "sora-2, '  '"
    })
    void aLongerOrShorterFormOfModelAndPromptIsNone(String model, String prompt) {
        assertThat(mismatch(described("tsk_1", model, null, prompt, null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"video_9, its source is video_9", "video_0, ", "task_9, ", "other, "})
    void anotherSourceInTheFormOfOursIsAContradiction(String source, String reason) {
        VideoTask answer = from("tsk_1", null, source);

        assertThat(mismatch(answer)).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void aGenerationHasNoSourceThatCouldBeContradicted() {
        TaskRecord generation = LedgerRecords.intent(ACCOUNT, "key-2", "{\"prompt\": \"A puppy\"}")
                .accepted("video_2", LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL);
        VideoTask answer = from("tsk_2", "veo-3", "video_9");

        assertThat(identity.mismatch(generation, true, answer)).isEmpty();
    }

    // JVMs of two versions may share a ledger, and the task was paid for.
    @Test
    void aTaskOfAnOperationThatOnlyANewerVersionKnowsIsRecognised() {
        record = LedgerRecords.withOperation(record, "upscale");

        assertThat(mismatch(carrying("tsk_1", null))).isEmpty();
        assertThat(mismatch(carrying("video_0", null))).hasValue("it is the source of this request");
        assertThat(mismatch(from("tsk_1", "veo-3", "video_0"))).hasValue("its model is veo-3");
    }

    @Test
    void anImportIsOneOfOurTasksByAnotherFormOfItsId() {
        TaskRecord imported = addImport("tsk_1");

        assertThat(identity.mismatch(imported, true, carrying("tsk_1", WIRE_KEY)))
                .isEmpty();
        assertThat(identity.mismatch(imported, true, carrying("tsk_2", WIRE_KEY)))
                .hasValue("it carries the key of the request of key key-1");
        assertThat(identity.mismatch(imported, true, described("tsk_2", "veo-3", Instant.EPOCH, "Anything", null)))
                .isEmpty();
    }

    @Test
    void anImportOfAnotherTaskIsNoForm() {
        addImport("tsk_9");

        assertThat(mismatch(carrying("tsk_9", null))).hasValue("task tsk_9 is that of key task:tsk_9");
    }

    @Test
    void aLostSubmitMayBeATaskThatIsAwaitedByItsId() {
        TaskRecord unknown = addLost("key-2");
        addImport("tsk_2");

        assertThat(identity.mismatchOfFound(unknown, carrying("tsk_2", unknown.wireKey())))
                .isEmpty();
    }

    @Test
    void aLostSubmitIsNotFoundInATaskOfAnotherKey() {
        assertThat(identity.mismatchOfFound(lost, carrying("video_5", OTHER_INTENT))
                        .orElseThrow())
                .startsWith("it carries the key " + OTHER_INTENT);
        assertThat(identity.mismatchOfFound(lost, carrying("video_5", "gateway-77"))
                        .orElseThrow())
                .startsWith("it carries the key gateway-77");
        assertThat(identity.mismatchOfFound(lost, carrying("video_5", "key-1~0")))
                .isEmpty();
    }

    @Test
    void aKeyThatTheServiceUsesAsAnIdFindsNoTask() {
        assertThat(identity.mismatchOfFound(lost, carrying(WIRE_KEY, null)))
                .hasValue("the service has used the key as an id");
    }

    @Test
    void aTaskThatIsFoundByItsKeyIsTheSubmitWhateverItsContent() {
        assertThat(identity.mismatchOfFound(
                        lost, described("video_5", "veo-3", Instant.EPOCH, "Add a kitten", WIRE_KEY)))
                .isEmpty();
        assertThat(identity.mismatchOfFound(lost, carrying("video_0", WIRE_KEY)))
                .hasValue("it is the source of this request");
    }

    @Test
    void aTaskThatIsFoundWithoutAKeyMustFitTheRequest() {
        assertThat(identity.mismatchOfFound(lost, described("video_5", "sora-2", null, "Add a puppy", null)))
                .isEmpty();
        assertThat(identity.mismatchOfFound(lost, described("video_5", "veo-3", null, "Add a puppy", null)))
                .hasValue("its model is veo-3");
        assertThat(identity.mismatchOfFound(lost, described("video_5", null, Instant.EPOCH, null, null))
                        .orElseThrow())
                .startsWith("it was created at");
    }

    @Test
    void anAcceptedTaskIsNotThatOfAnotherIntent() {
        assertThat(identity.mismatchOfAccepted(lost, true, carrying("video_5", OTHER_INTENT))
                        .orElseThrow())
                .startsWith("it carries the key " + OTHER_INTENT);
        assertThat(identity.mismatchOfAccepted(lost, false, carrying("video_5", OTHER_INTENT)))
                .isEmpty();
        assertThat(identity.mismatchOfAccepted(lost, true, carrying("video_5", "gateway-77")))
                .isEmpty();
        assertThat(identity.mismatchOfAccepted(lost, true, carrying("video_5", null)))
                .isEmpty();
        assertThat(identity.mismatchOfAccepted(lost, true, carrying("video_0", WIRE_KEY)))
                .hasValue("it is the source of this request");
    }

    // The ledger decides it when that is recorded.
    @Test
    void whetherAnAcceptedOrFoundTaskIsThatOfAnotherKeyIsLeftToTheLedger() {
        addRunning("key-2");
        ledger.add(LedgerRecords.running("shop", "key-3", "video_3"));
        entries.with(new TaskKey("shop", "key-4"), service, task -> task);

        assertThat(identity.mismatchOfAccepted(lost, true, carrying("video_key-2", null)))
                .isEmpty();
        assertThat(identity.mismatchOfFound(lost, carrying("video_key-2", null)))
                .isEmpty();
        assertThat(identity.mismatchOfAccepted(lost, true, carrying("video_3", null)))
                .hasValue("task video_3 is that of key key-3");
        assertThat(identity.mismatchOfFound(lost, carrying("video_3", null)))
                .hasValue("task video_3 is that of key key-3");
    }

    @Test
    void aMismatchIsWarnedOfWithBothTasks() {
        try (WarningCapture warnings = WarningCapture.of(TaskIdentity.class)) {
            TaskIdentity.warnOfMismatch(record, carrying("tsk_9", null), "its model is veo-3");

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("video_1", "key-1", "tsk_9", "its model is veo-3", "The answer is ignored");
        }
    }

    private Optional<String> mismatch(VideoTask answer) {
        return identity.mismatch(record, true, answer);
    }

    /** A task that names its source. */
    private static VideoTask from(String id, String model, String source) {
        return new VideoTask(
                id,
                null,
                null,
                TaskStatus.COMPLETED,
                null,
                model,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("remixed_from_video_id", source));
    }

    private static VideoTask carrying(String id, String wireKey) {
        return carrying(id, wireKey, TaskStatus.COMPLETED);
    }

    private static VideoTask described(String id, String model, Instant createdAt, String prompt, String wireKey) {
        Map<String, Object> raw = new HashMap<>();
        if (prompt != null) {
            raw.put("prompt", prompt);
        }
        return new VideoTask(
                id,
                null,
                wireKey,
                TaskStatus.COMPLETED,
                null,
                model,
                createdAt,
                null,
                null,
                null,
                null,
                null,
                null,
                raw);
    }
}
