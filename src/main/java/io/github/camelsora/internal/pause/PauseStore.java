package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.TaskLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The pauses in the ledger: when they were read last, and those that could not be written yet. Guarded by {@link AccountPauses}.
 */
final class PauseStore {
    private static final Logger LOG = LoggerFactory.getLogger(PauseStore.class);

    private final TaskLedger ledger;
    private final Optional<LedgerPauses> kept;
    private final Duration interval;
    private final PauseHistory history;
    private final List<AccountPause> unwritten = new ArrayList<>();
    /** Those of them that a warning has named. */
    private final Set<AccountPause> reported = new HashSet<>();

    private volatile Instant obeyedAsOf;

    /**
     * Creates it without having read.
     *
     * @param ledger the ledger, which may keep no pauses
     * @param interval how old what was read may be
     * @param history has a line of each pause that could be written
     */
    PauseStore(TaskLedger ledger, Duration interval, PauseHistory history) {
        this.history = history;
        this.ledger = ledger;
        this.kept = ledger.pauses();
        this.interval = interval;
    }

    boolean areKept() {
        return kept.isPresent();
    }

    /** Tells whether what this JVM obeys was read too long ago. Without a lock. */
    boolean areStale() {
        Instant last = obeyedAsOf;
        return areKept() && (last == null || ledger.now().isAfter(last.plus(interval)));
    }

    /**
     * Writes what is not written yet, and reads all.
     *
     * @param action obeys what was read, and what could not be written
     */
    void read(Consumer<StandingPauses> action) {
        writeUnwritten();
        // From before the call: another JVM may pause an account while it lasts.
        Instant called = ledger.now();
        StandingPauses found = new StandingPauses(kept.orElseThrow().findAll());
        for (AccountPause pause : unwritten) {
            found = found.inPlaceOf(pause).isEmpty() ? found.with(pause) : found;
        }
        action.accept(found);
        // Not before: a submit that finds them fresh must find that they are obeyed, too.
        obeyedAsOf = called;
    }

    /** Adds the pause of an operator; false when one stands in its place. */
    boolean add(AccountPause pause) {
        return kept.orElseThrow(() -> new UnsupportedOperationException("Account '" + pause.account()
                        + "' was not paused: this ledger keeps no pauses (TaskLedger.pauses), so other JVMs, and this one"
                        + " after a restart, would not know of it. Nothing was changed; suspend the routes instead"))
                .add(pause);
    }

    void writeLater(AccountPause pause) {
        unwritten.add(pause);
    }

    /** Each by itself: one that the ledger refuses must not keep this JVM from the others. */
    void writeUnwritten() {
        kept.ifPresent(pauses -> List.copyOf(unwritten).forEach(pause -> {
            try {
                boolean isAdded = pauses.add(pause);
                unwritten.remove(pause);
                if (isAdded) {
                    history.pausedByItself(pause);
                }
                reported.remove(pause);
            } catch (RuntimeException e) {
                report(pause, e);
            }
        }));
    }

    private void report(AccountPause pause, RuntimeException failure) {
        LOG.atLevel(reported.add(pause) ? Level.WARN : Level.DEBUG)
                .log(
                        "The pause of account '{}' ({}) could not be written into the ledger, so no other JVM obeys it yet. This one"
                                + " does, and writes it again with each renewal of its lease",
                        pause.account(),
                        pause.cause(),
                        failure);
    }

    /** False when it was not in the ledger. */
    boolean remove(AccountPause pause) {
        boolean isRemoved = kept.map(pauses -> pauses.remove(pause)).orElse(false);
        unwritten.remove(pause);
        reported.remove(pause);
        return isRemoved;
    }
}
