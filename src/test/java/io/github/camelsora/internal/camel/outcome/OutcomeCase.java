package io.github.camelsora.internal.camel.outcome;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.internal.camel.outcome.OutcomeTable.Entry;

/** A way of an operation to end, and how a test brings it about. */
record OutcomeCase(Entry entry, String how, Run run) {

    /** Brings the end about, and gives what the exchange has failed with. */
    interface Run {
        SoraException run(OutcomeTestSupport test) throws Exception;
    }

    static OutcomeCase of(
            String operation, Class<? extends SoraException> type, SubmitOutcome outcome, String how, Run run) {
        return new OutcomeCase(new Entry(operation, type.getSimpleName(), outcome), how, run);
    }

    @Override
    public String toString() {
        return entry + " (" + how + ")";
    }
}
