package io.github.camelsora.internal.metrics;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.TaskState;

/** Figures that gauges show. What is not known is {@link Double#NaN}; no method waits. */
public interface Figures {
    /** An account is shown from now on. */
    void watch(String account);

    /** How many submits of an account wait in this JVM to be sent. */
    double queued(String account);

    /** How many pauses for a cause bind the submits of an account in this JVM. */
    double pauses(String account, AccountPause.Cause cause);

    /** How many tasks of an account are in a state, in the ledger. */
    double open(String account, TaskState state);

    /** For how many seconds the oldest result of an account has waited for its delivery; 0 when none waits. */
    double oldestUndelivered(String account);
}
