package io.github.camelsora.api;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of the history of a task or an account: a change of a task's state, or an action of an operator. It names no prompt, no
 * API key and no address of a video.
 *
 * @param account the account
 * @param key the key of the task; null when the action was about the whole account
 * @param version the version that the record has since then; 0 when the action was about the whole account
 * @param at when it happened, by the ledger's clock
 * @param event what happened, say {@code SubmitAccepted}; the state machine in CONTRIBUTING lists the events of tasks
 * @param from the state before; null when there was no record
 * @param to the state since then; null when there is no record any more
 * @param node the JVM that has written it
 * @param actor the operator, if it was an action of one; the node itself, if it has paused or resumed the account after an answer
 *     of the service; else null
 * @param detail more about it, say the task id or the reason that an operator gave; null for none. A longer one is cut at {@link
 *     #LONGEST_DETAIL} characters; characters that a database cannot store become {@code ?}
 */
public record HistoryEntry(
        String account,
        String key,
        long version,
        Instant at,
        String event,
        TaskState from,
        TaskState to,
        String node,
        String actor,
        String detail) {
    /** The most characters of an actor. */
    public static final int LONGEST_ACTOR = 200;

    /** The most characters of a detail. */
    public static final int LONGEST_DETAIL = 1000;

    /**
     * Checks the names, and makes the detail storable.
     *
     * @param account the account
     * @param key the key of the task; null when the action was about the whole account
     * @param version the version that the record has since then
     * @param at when it happened
     * @param event what happened
     * @param from the state before; null for none
     * @param to the state since then; null for none
     * @param node the JVM that has written it
     * @param actor the operator; null for none
     * @param detail more about it; null for none
     */
    public HistoryEntry {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(event, "event");
        if (actor != null && actor.length() > LONGEST_ACTOR) {
            throw new IllegalArgumentException(
                    "An actor has at most " + LONGEST_ACTOR + " characters, not " + actor.length());
        }
        actor = StorableText.of(actor);
        detail = StorableText.of(detail, LONGEST_DETAIL);
    }

    /**
     * Tells whether this has an actor: an operator, or a node that has paused or resumed an account by itself. Such lines outlive
     * their record.
     *
     * @return true for such an action
     */
    public boolean isAction() {
        return actor != null;
    }
}
