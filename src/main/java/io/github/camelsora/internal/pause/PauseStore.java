package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.TaskLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pauses in the ledger: when they were read last, and those that could not be written yet. Guarded by {@link AccountPauses}.
 */
final class PauseStore {
    private final TaskLedger ledger;
    private final Optional<LedgerPauses> kept;
    private final Duration interval;
    private final List<AccountPause> unwritten = new ArrayList<>();
    private volatile Instant obeyedAsOf;

    /**
     * Creates it without having read.
     *
     * @param ledger the ledger, which may keep no pauses
     * @param interval how old what was read may be
     */
    PauseStore(TaskLedger ledger, Duration interval) {
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
     * @param action obeys what was read
     */
    void read(Consumer<List<AccountPause>> action) {
        writeUnwritten();
        // From before the call: another JVM may pause an account while it lasts.
        Instant called = ledger.now();
        action.accept(kept.orElseThrow().findAll());
        // Not before: a submit that finds them fresh must find that they are obeyed, too.
        obeyedAsOf = called;
    }

    /** Adds a pause; false when one stands in its place. */
    boolean add(AccountPause pause) {
        return kept.orElseThrow().add(pause);
    }

    void writeLater(AccountPause pause) {
        unwritten.add(pause);
    }

    void writeUnwritten() {
        kept.ifPresent(pauses -> List.copyOf(unwritten).forEach(pause -> {
            pauses.add(pause);
            unwritten.remove(pause);
        }));
    }

    void remove(AccountPause pause) {
        kept.ifPresent(pauses -> pauses.remove(pause));
        unwritten.remove(pause);
    }
}
