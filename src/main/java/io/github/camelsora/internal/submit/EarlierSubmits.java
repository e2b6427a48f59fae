package io.github.camelsora.internal.submit;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;

/** What the ledger knows of earlier submits under a key, for a step that fails before its request is sent. */
public final class EarlierSubmits {
    private final IntentLog intents;

    EarlierSubmits(IntentLog intents) {
        this.intents = intents;
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
            throw SubmitExceptions.unasked(key, false, e);
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
                    .map(standing -> SubmitExceptions.afterEarlier(reason, standing))
                    .orElse(reason);
        } catch (RuntimeException e) {
            return SubmitExceptions.afterUnread(reason, key);
        }
    }
}
