package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskRegistry;
import io.github.camelsora.internal.track.WaitHandle;
import java.time.Instant;

/**
 * A submit that waits for its next attempt.
 *
 * @param attempt the number of that attempt, from 1
 * @param deadline until when it may be sent
 * @param order its place in the order of submits, which it keeps
 * @param lastAnswer the answer to the last attempt; null before the first
 * @param intent its intent as it stands in the ledger; null while there is none
 * @param epoch the epoch of this node's lease in which the intent was this node's
 * @param caller the exchange that submits
 */
record PendingSubmit(
        SubmitCommand command,
        int attempt,
        Instant deadline,
        long order,
        SubmitAnswer.NotAccepted lastAnswer,
        TaskRecord intent,
        long epoch,
        Caller caller) {

    /** The wait of the exchange that submits. */
    record Caller(TaskRegistry registry, TaskClaim claim, WaitHandle handle) {
        boolean isWaiting() {
            return registry.isWaiting(claim, handle);
        }

        void fail(SoraException reason) {
            handle.fail(reason);
        }
    }

    static PendingSubmit first(
            SubmitCommand command, long order, Instant now, TaskRecord intent, long epoch, Caller caller) {
        Instant deadline = now.plus(command.service().timeouts().submit());
        return new PendingSubmit(command, 1, deadline, order, null, intent, epoch, caller);
    }

    /** The next attempt, after an answer that allows it. */
    PendingSubmit after(SubmitAnswer.NotAccepted answer, TaskRecord standing) {
        return new PendingSubmit(command, attempt + 1, deadline, order, answer, standing, NodeLease.NO_EPOCH, caller);
    }

    /** The same attempt, later and in its place. */
    PendingSubmit again(TaskRecord standing) {
        return new PendingSubmit(command, attempt, deadline, order, lastAnswer, standing, NodeLease.NO_EPOCH, caller);
    }

    /** What comes of the next attempt when it is not made. */
    SubmitResult withheld(SoraException reason) {
        return new SubmitResult.Withheld(intent, reason);
    }

    TaskKey key() {
        return command.key();
    }
}
