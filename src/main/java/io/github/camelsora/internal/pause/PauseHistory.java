package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.time.GuardedCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The lines of the history that are about whole accounts: who has paused and resumed them, and why. The actor of a pause after an
 * answer of the service is this node. A line is written after the pause, which counts even if its line cannot be written.
 */
final class PauseHistory {
    private static final String PAUSED = "AccountPaused";
    private static final String RESUMED = "AccountResumed";

    private final TaskLedger ledger;
    private final Optional<LedgerHistory> history;
    private final String node;

    PauseHistory(TaskLedger ledger, String node, boolean isRecorded) {
        this.ledger = ledger;
        this.history = isRecorded ? ledger.history() : Optional.empty();
        this.node = node;
    }

    /** An operator has paused an account. */
    void paused(AccountPause pause, Operator by) {
        add(pause.account(), pause.pausedAt(), PAUSED, by.actor(), by.reason());
    }

    /** An operator has ended all pauses of an account. */
    void resumed(String account, List<AccountPause> ended, Operator by) {
        String pauses = ended.stream()
                .map(pause -> named(pause) + ": " + pause.reason())
                .collect(Collectors.joining("; ", "ended ", ""));
        add(
                account,
                ledger.now(),
                RESUMED,
                by.actor(),
                by.reason() == null ? pauses : by.reason() + " (" + pauses + ")");
    }

    /** This node has paused an account after an answer of the service. */
    void pausedByItself(AccountPause pause) {
        add(pause.account(), pause.pausedAt(), PAUSED, itself(), pause.cause() + ": " + pause.reason());
    }

    /** This node has ended a pause. */
    void resumedByItself(AccountPause pause, String why) {
        add(pause.account(), ledger.now(), RESUMED, itself(), "ended " + named(pause) + ": " + why);
    }

    private static String named(AccountPause pause) {
        return pause.cause() + " since " + pause.pausedAt();
    }

    private String itself() {
        return node.length() > HistoryEntry.LONGEST_ACTOR ? node.substring(0, HistoryEntry.LONGEST_ACTOR) : node;
    }

    private void add(String account, Instant at, String event, String actor, String detail) {
        history.ifPresent(lines -> GuardedCall.run(
                "Writing '" + event + "' of account " + account + " into the history",
                () -> lines.add(new HistoryEntry(account, null, 0, at, event, null, null, node, actor, detail))));
    }
}
