package io.github.camelsora.task;

import io.github.camelsora.api.TaskRecord.Due;
import io.github.camelsora.toapis.SubmitRequest;
import io.github.camelsora.toapis.ToApisClient;
import java.time.Duration;
import java.time.Instant;

/**
 * A submit as a route asks for it.
 *
 * @param ref who pays, and the key
 * @param operation what is asked for, say {@code remix}
 * @param request what to make
 * @param client whom to ask
 * @param sendKey whether the key travels with the request
 * @param schedule when to poll the task
 * @param limits how long what may take
 */
public record Submission(
        TaskRef ref,
        String operation,
        SubmitRequest request,
        ToApisClient client,
        boolean sendKey,
        PollSchedule schedule,
        Limits limits) {

    /**
     * How long what may take.
     *
     * @param submit from the call to the acceptance
     * @param completion from the acceptance to the end of the wait
     * @param recovery how long a wait goes on while a lost submit is looked for
     * @param tracking from the acceptance to setting the task aside
     */
    public record Limits(Duration submit, Duration completion, Duration recovery, Duration tracking) {

        /** What happens next to a task that is accepted, or followed again, now. */
        Due from(Instant now, PollSchedule schedule) {
            return new Due(schedule.first(now), null, now.plus(completion), now.plus(tracking));
        }
    }
}
