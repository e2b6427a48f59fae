package io.github.camelsora.internal.service;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.time.TaskTimeouts;
import io.github.camelsora.internal.toapis.ToApisClient;

/**
 * The service as one account sees it: whom to ask for its tasks, and at what pace.
 *
 * @param account the account that pays
 * @param client whom to ask, with the account's key
 * @param sendKey whether the key of a task travels with its request, so that it can be looked up by it
 * @param callbackUrl where the service shall tell of the end of a task; null for where its console says
 * @param schedule when to poll a task
 * @param limits how long what may take
 */
public record ServiceProfile(
        String account,
        ToApisClient client,
        boolean sendKey,
        String callbackUrl,
        PollSchedule schedule,
        TaskTimeouts timeouts) {

    /** Where it is. */
    public String baseUrl() {
        return client.base().value();
    }

    /** Tells whether a task is at another service, so that this one would deny it. */
    public boolean isAtOtherService(TaskRecord record) {
        return !baseUrl().equals(record.baseUrl());
    }

    /** The same of a task that has yet to be asked for; what has ended is answered from the ledger. */
    public boolean mustBeQueriedElsewhere(TaskRecord record) {
        return isAtOtherService(record) && (record.result() == null || record.isResultMissing());
    }
}
