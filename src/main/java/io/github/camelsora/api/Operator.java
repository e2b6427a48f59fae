package io.github.camelsora.api;

/**
 * Who gives a command to the ledger, and why. Both stand in its history.
 *
 * @param actor the name of the operator
 * @param reason why; null for no reason
 */
public record Operator(String actor, String reason) {
    /**
     * Checks the name.
     *
     * @param actor the name of the operator
     * @param reason why; blank counts as null
     * @throws IllegalArgumentException if the name is missing or longer than {@link HistoryEntry#LONGEST_ACTOR} characters
     */
    public Operator {
        if (actor == null || actor.isBlank()) {
            throw new IllegalArgumentException(
                    "An actor is missing: the history of the ledger names who has given a command. Nothing was changed");
        }
        actor = actor.strip();
        if (actor.length() > HistoryEntry.LONGEST_ACTOR) {
            throw new IllegalArgumentException("An actor has at most " + HistoryEntry.LONGEST_ACTOR
                    + " characters, not " + actor.length() + ". Nothing was changed");
        }
        reason = reason == null || reason.isBlank() ? null : reason.strip();
    }
}
