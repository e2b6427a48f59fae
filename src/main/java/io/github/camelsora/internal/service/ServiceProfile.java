package io.github.camelsora.internal.service;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.time.TaskTimeouts;
import io.github.camelsora.internal.toapis.ToApisClient;

/**
 * The service as one account sees it: the client for its tasks, when to poll them, and their timeouts.
 *
 * @param account the account that pays
 * @param client the client, with the account's API key
 * @param sendKey whether a submit carries its key, so that the service can find the task by it
 * @param callbackUrl where the service sends the webhook of a completion; null for the URL that is set in its console
 * @param schedule when to poll a task
 * @param timeouts the timeouts of tasks
 */
public record ServiceProfile(
        String account,
        ToApisClient client,
        boolean sendKey,
        String callbackUrl,
        PollSchedule schedule,
        TaskTimeouts timeouts) {

    /** The address of the service. */
    public String baseUrl() {
        return client.base().value();
    }

    /** The fingerprint of the API key as it is now. */
    public String keyFingerprint() {
        return client.apiKey().fingerprint();
    }

    /** Tells whether a task is at another service, so that this one would not find it. */
    public boolean isAtOtherService(TaskRecord record) {
        return !baseUrl().equals(record.baseUrl());
    }

    /** The same for a task that has to be queried; the result of an ended task is in the ledger. */
    public boolean mustBeQueriedElsewhere(TaskRecord record) {
        return isAtOtherService(record) && (record.result() == null || record.isResultMissing());
    }
}
