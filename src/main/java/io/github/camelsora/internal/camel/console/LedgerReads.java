package io.github.camelsora.internal.camel.console;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.camel.health.KnownProblems;
import io.github.camelsora.internal.runtime.SoraRuntime;
import java.util.Optional;
import java.util.function.Function;

/** Reads the ledger for a console, unless it is known to be unavailable: the call would hang as others do. */
final class LedgerReads {
    private LedgerReads() {}

    /** What the ledger answers; empty when it is unavailable, or has no such answer. */
    static <T> Optional<T> read(SoraRuntime runtime, Function<TaskLedger, Optional<T>> reading) {
        if (KnownProblems.isLedgerUnavailable(runtime)) {
            return Optional.empty();
        }
        try {
            return reading.apply(runtime.ledger());
        } catch (RuntimeException e) {
            // It is among the last errors, unless the ledger took too long to search.
            return Optional.empty();
        }
    }
}
