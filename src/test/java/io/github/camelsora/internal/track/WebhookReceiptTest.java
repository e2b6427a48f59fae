package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Result;
import io.github.camelsora.support.WarningCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which task a webhook is about, and how it is answered. */
class WebhookReceiptTest extends TrackTestSupport {
    private static final String WIRE_KEY = "1~0123456789";

    @Test
    void aWebhookIsAboutTheTaskOfItsWireKey() {
        addRunning("1");

        assertThat(receive("tsk_of_another_form", WIRE_KEY)).isEqualTo(Result.APPLIED);

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
        assertThat(TaskJson.read(record("1").result()).id()).isEqualTo("video_1");
    }

    @Test
    void aWebhookWithoutAWireKeyIsAboutTheTaskOfItsId() {
        addRunning("1");

        assertThat(receive("video_1", null)).isEqualTo(Result.APPLIED);
        assertThat(receive("video_2", null)).isEqualTo(Result.UNKNOWN_TASK);

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aWebhookWithAWireKeyThatTheLedgerDoesNotHaveIsAboutTheTaskOfItsId() {
        addRunning("1");

        assertThat(receive("video_1", "gateway-77")).isEqualTo(Result.APPLIED);
        assertThat(receive("video_2", "gateway-77")).isEqualTo(Result.UNKNOWN_TASK);
    }

    @Test
    void aWebhookOfATaskThatAnotherAccountPaysForIsUnknown() {
        addRunning("1");

        assertThat(webhooks.completed("shop", completed("video_1", WIRE_KEY)).result())
                .isEqualTo(Result.UNKNOWN_TASK);
        assertThat(webhooks.hint("shop", completed("video_1", null))).isEqualTo(Result.UNKNOWN_TASK);
    }

    @Test
    void aWebhookBeforeTheAnswerToItsSubmitHasToComeAgain() {
        TaskRecord intent = add(LedgerRecords.intent(ACCOUNT, "1"));

        assertThat(receive("video_1", WIRE_KEY)).isEqualTo(Result.RETRY_LATER);

        assertThat(record("1")).isEqualTo(intent);
    }

    @Test
    void aWebhookFindsALostSubmit() {
        addLost("1");

        assertThat(receive("video_1", WIRE_KEY)).isEqualTo(Result.APPLIED);

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
        assertThat(record("1").taskId()).isEqualTo("video_1");
    }

    @Test
    void aWebhookFindsALostSubmitThatWasSetAside() {
        addLost("1");
        writer.apply(ref("1"), new TaskEvent.TrackingTimedOut());

        assertThat(receive("video_1", WIRE_KEY)).isEqualTo(Result.APPLIED);

        assertThat(record("1").state()).isEqualTo(TaskState.ENDED);
    }

    @Test
    void aWebhookOfASubmitThatWasRejectedIsUnknown() {
        add(LedgerRecords.intent(ACCOUNT, "1"));
        writer.apply(ref("1"), new TaskEvent.IntentWithdrawn(WIRE_KEY, "rejected"));

        assertThat(receive("video_1", WIRE_KEY)).isEqualTo(Result.UNKNOWN_TASK);

        assertThat(record("1").state()).isEqualTo(TaskState.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"COMPLETED", "FAILED"})
    void aWebhookOfATaskThatHasEndedChangesNothingAndIsConfirmed(TaskStatus status) {
        addRunning("1");
        receive("video_1", WIRE_KEY);
        TaskRecord first = record("1");

        assertThat(webhooks.completed(ACCOUNT, carrying("video_1", WIRE_KEY, status))
                        .result())
                .isEqualTo(Result.APPLIED);

        assertThat(record("1")).isEqualTo(first);
    }

    @Test
    void aWebhookThatNamesAnotherTaskIsNotAppliedAndTheTaskIsPolledAtOnce() {
        RecordedPolls polls = follow(addRunning("1"));
        add(LedgerRecords.intentWith(ACCOUNT, "2", "2~abcdefghij")
                .accepted("video_2", LedgerRecords.NOON, LedgerRecords.TRACK_UNTIL));

        try (WarningCapture warnings = WarningCapture.of(WebhookCompletionReceiver.class)) {
            assertThat(receive("video_2", WIRE_KEY)).isEqualTo(Result.NOT_APPLIED);

            assertThat(warnings.lines()).singleElement().asString().contains("video_1", "video_2");
        }
        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
        assertThat(record("2").state()).isEqualTo(TaskState.RUNNING);
        assertThat(polls.pollsNow).isEqualTo(1);
    }

    @Test
    void aWebhookWhoseRecordIsRemovedMeanwhileIsUnknown() {
        TaskRecord running = addRunning("1");
        ledger.onceBeforeReplace(() -> ledger.forget(running, null));

        assertThat(receive("video_1", WIRE_KEY)).isEqualTo(Result.UNKNOWN_TASK);
    }

    @Test
    void aHintHasAFollowedTaskPolledAtOnce() {
        RecordedPolls polls = follow(addRunning("1"));

        assertThat(webhooks.hint(ACCOUNT, completed("video_1", null))).isEqualTo(Result.NOT_APPLIED);

        assertThat(polls.pollsNow).isEqualTo(1);
        assertThat(record("1").state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aHintOfATaskThatIsNotFollowedHereChangesNothing() {
        addRunning("1");

        assertThat(webhooks.hint(ACCOUNT, completed("video_1", null))).isEqualTo(Result.NOT_APPLIED);
        assertThat(webhooks.hint(ACCOUNT, completed("video_2", null))).isEqualTo(Result.UNKNOWN_TASK);
    }

    @Test
    void aWebhookWhileTheLedgerIsAwayHasToComeAgain() {
        addRunning("1");
        ledger.fail();

        assertThatThrownBy(() -> receive("video_1", WIRE_KEY)).isInstanceOf(IllegalStateException.class);
    }

    private Result receive(String taskId, String wireKey) {
        return webhooks.completed(ACCOUNT, completed(taskId, wireKey)).result();
    }
}
