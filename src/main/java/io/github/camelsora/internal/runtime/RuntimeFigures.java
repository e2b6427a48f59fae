package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.metrics.Figures;
import io.github.camelsora.internal.metrics.LedgerFigures;
import io.github.camelsora.internal.submit.SubmitService;

/** The figures of a runtime, for gauges. */
record RuntimeFigures(SubmitService submits, LedgerFigures ledger) implements Figures {
    @Override
    public void watch(String account) {
        ledger.watch(account);
    }

    @Override
    public double queued(String account) {
        return submits.queued(account);
    }

    @Override
    public double open(String account, TaskState state) {
        return ledger.open(account, state);
    }

    @Override
    public double oldestUndelivered(String account) {
        return ledger.oldestUndelivered(account);
    }
}
