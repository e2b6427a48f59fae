package io.github.camelsora.internal.submit;

import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.toapis.SubmitAnswer;
import io.github.camelsora.internal.trace.TaskScope;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must follow an attempt in any case, when what usually follows it has failed, say for want of memory: an id is recorded
 * later, a lost answer is searched for, and a request that was not accepted frees its key. It is allocated before the POST,
 * because after it there may be no memory for it.
 */
final class LastResort implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private final SubmitCommand command;
    private final SubmitAttempt attempt;
    private final OutcomeRecorder outcomes;
    private final RetryingExecutor http;

    LastResort(SubmitCommand command, SubmitAttempt attempt, OutcomeRecorder outcomes, RetryingExecutor http) {
        this.command = command;
        this.attempt = attempt;
        this.outcomes = outcomes;
        this.http = http;
    }

    /** The attempt, or what follows its answer, has failed. */
    void failed(Throwable cause) {
        TaskKey key = command.key();
        if (attempt.mayBeSent()) {
            Retry.untilDone(this);
            LOG.error(
                    "Handling the answer to key {} failed; what the answer asks for is done all the same",
                    key.key(),
                    cause);
        } else {
            outcomes.unpaid(command, attempt.intent(), SubmitExceptions.internalError(key, cause));
            LOG.error("The submit of key {} failed before it was sent; nothing was paid", key.key(), cause);
        }
    }

    @Override
    public void run() {
        SubmitAnswer answer = attempt.answer();
        if (answer instanceof SubmitAnswer.Accepted) {
            http.executeAfter(LedgerRetries.PAUSE, TaskScope.inherited(this::concludeAgain));
        } else if (answer instanceof SubmitAnswer.Unknown) {
            http.executeAfter(Duration.ZERO, TaskScope.inherited(this::concludeAgain));
        } else if (answer instanceof SubmitAnswer.Rejected rejected) {
            outcomes.unpaid(command, attempt.intent(), rejected.reason());
        } else if (answer instanceof SubmitAnswer.NotAccepted notAccepted) {
            outcomes.unpaid(command, attempt.intent(), SubmitExceptions.notAccepted(command.key(), notAccepted));
        }
    }

    private void concludeAgain() {
        SubmitResult result = attempt.classify();
        if (result instanceof SubmitResult.Accepted accepted) {
            outcomes.accepted(command, accepted);
        } else if (result instanceof SubmitResult.Lost lost) {
            outcomes.lost(command, lost);
        }
    }
}
