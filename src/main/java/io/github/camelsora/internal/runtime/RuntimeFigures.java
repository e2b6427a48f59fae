package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.metrics.Figures;
import io.github.camelsora.internal.submit.SubmitService;

/** The figures of a runtime, for gauges. */
record RuntimeFigures(SubmitService submits) implements Figures {
    @Override
    public double queued(String account) {
        return submits.queued(account);
    }
}
