package io.github.camelsora.internal.submit;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.KeyProblem;
import io.github.camelsora.internal.toapis.SubmitAnswer;

/** What came of one attempt to send a request. */
sealed interface SubmitResult {

    /** The service has accepted it, and it is paid for. */
    record Accepted(TaskRecord intent, VideoTask task) implements SubmitResult {}

    /**
     * The service has rejected it; nothing was paid.
     *
     * @param problem what is wrong with the API key or its account; null when the request is
     */
    record Rejected(TaskRecord intent, SoraException reason, KeyProblem problem) implements SubmitResult {}

    /**
     * The service did not accept it; nothing was paid, and it may be sent again.
     *
     * @param pausesBefore {@link SubmitPermits#pauseCount} before the POST
     */
    record RetryLater(TaskRecord intent, SubmitAnswer.NotAccepted answer, long pausesBefore) implements SubmitResult {}

    /** It was sent and its answer was lost: it may be paid for, and must never be sent again. */
    record Lost(TaskRecord intent, String reason, Exception cause) implements SubmitResult {
        /** Its answer names a task that is not its own. */
        static Lost ofAnotherTask(TaskRecord intent, String taskId, String mismatch) {
            return new Lost(intent, "the answer is about another task (" + taskId + "): " + mismatch, null);
        }
    }

    /** It was not sent, because another submit has used the key since it was queued. */
    record KeyTaken(TaskRecord standing) implements SubmitResult {}

    /** It is not sent, because its account is paused. */
    record Paused(TaskRecord intent, AccountPause pause) implements SubmitResult {}

    /**
     * It is not sent, because it is too late, its task could not be followed, or its intent could not be written.
     *
     * @param intent the intent of the attempt before, which stands; null when none does
     */
    record Withheld(TaskRecord intent, SoraException reason) implements SubmitResult {}
}
