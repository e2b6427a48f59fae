package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.errors.ExplainedExceptions;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was submitted before under a key, and how an exchange gets the outcome of that. */
public final class EarlierSubmits {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierSubmits.class);

    private final IntentLog intents;
    private final LedgerWriter writer;
    private final PollScheduler polls;
    private final LostSubmitRecovery recovery;

    EarlierSubmits(IntentLog intents, LedgerWriter writer, PollScheduler polls, LostSubmitRecovery recovery) {
        this.intents = intents;
        this.writer = writer;
        this.polls = polls;
        this.recovery = recovery;
    }

    /**
     * Tells whether a request need not be paid for any more.
     *
     * @return true when the key was accepted before, or may have been
     * @throws SoraException if the ledger is unavailable; nothing was sent
     */
    public boolean isKnown(TaskKey key) {
        try {
            return intents.find(key).isPresent();
        } catch (RuntimeException e) {
            throw SubmitExceptions.ledgerUnread(key, false, e);
        }
    }

    /**
     * Completes the reason why a request is not sent with what became of an earlier submit under its key.
     *
     * @param key its key
     * @param reason why it is not sent; it says that nothing was paid
     * @return the reason itself when nothing was sent under the key; else one of its kind that says what was paid
     */
    public SoraException explain(TaskKey key, SoraException reason) {
        try {
            return intents.find(key)
                    .map(standing -> ExplainedExceptions.afterEarlier(reason, standing))
                    .orElse(reason);
        } catch (RuntimeException e) {
            return ExplainedExceptions.afterUnread(reason, key);
        }
    }

    /** Follows the task of an earlier submit, or answers its result. */
    void follow(TaskRecord known, SubmitCommand command) {
        LOG.debug(
                "Key {} is {} as task {}: nothing is sent, the task is followed",
                known.key(),
                known.state(),
                known.taskId());
        polls.follow(known, command.service());
    }

    /** Searches for an earlier submit whose answer was lost. */
    void recover(TaskRecord known, SubmitCommand command) {
        LOG.debug("Key {} is {}: nothing is sent, the earlier submit is searched for", known.key(), known.state());
        boolean isIntent = known.state() == TaskState.INTENT;
        recovery.search(
                known, command.service(), isIntent ? "an earlier submit broke off" : "an earlier answer was lost");
        // Another node may own it, or have been faster to take it over, and no exchange waits for it there.
        writer.apply(command.key(), new TaskEvent.WaiterRegistered());
    }
}
