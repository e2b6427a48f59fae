package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.internal.time.TaskTimeouts;

/**
 * How the service is called for one account.
 *
 * @param connection which service, and who pays
 * @param rates how much the account may send
 * @param submit how submits are checked and waited for
 * @param spend what submits cost, and what may be spent
 * @param polling when tasks are polled
 */
public record ServiceSettings(
        ConnectionSettings connection,
        RateSettings rates,
        SubmitSettings submit,
        SpendSettings spend,
        PollSettings polling) {

    /** How long each part of a task's life may take. */
    public TaskTimeouts timeouts() {
        return new TaskTimeouts(
                submit.submitTimeout(),
                submit.completionTimeout(),
                submit.recoveryTimeout(),
                polling.trackingTimeout());
    }
}
