package io.github.camelsora.benchmark.rivals.temporal;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The workflow. */
public final class RemixWorkflowImpl implements RemixWorkflow {
    private static final Duration TIMEOUT = Duration.ofSeconds(Long.getLong("rival.timeout", 30));
    private static final Duration POLL = Duration.ofSeconds(Long.getLong("rival.poll", 5));

    // https://docs.temporal.io/activity-definition#idempotency: "if an activity fails to report to the server at all,
    // it will be retried. If the activity is not idempotent, this could have negative consequences, such as duplicate
    // charges". The service has no idempotency key that it enforces. So
    // https://docs.temporal.io/encyclopedia/retry-policies#maximum-attempts: "1 means a single execution attempt and no
    // retries", and https://community.temporal.io/t/execution-guarantees-of-activities/3405: "then the activity is
    // executed at most once".
    private final RemixActivities once = Workflow.newActivityStub(
            RemixActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(TIMEOUT)
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(1).build())
                    .build());

    // https://github.com/temporalio/samples-java/tree/main/core/src/main/java/io/temporal/samples/polling/infrequent:
    // polls by retries, with a backoff coefficient of 1 and the pause as the initial interval; they are not in the
    // history.
    private final RemixActivities polling = Workflow.newActivityStub(
            RemixActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofSeconds(5))
                    .setRetryOptions(RetryOptions.newBuilder()
                            .setInitialInterval(POLL)
                            .setBackoffCoefficient(1)
                            .setDoNotRetry(RemixActivities.FAILED)
                            .build())
                    .build());

    // https://docs.temporal.io/encyclopedia/retry-policies#default-behavior: after 1 s, 2 s, 4 s, without an end.
    private final RemixActivities retried = Workflow.newActivityStub(
            RemixActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(TIMEOUT).build());

    @Override
    public void remix(Order order) {
        String task = RemixActivities.LOOK_UP ? retried.submit(order) : submit(order);
        Workflow.sleep(POLL);
        String url = polling.poll(task);
        retried.download(order.order(), url);
        retried.notify(order.order());
    }

    private String submit(Order order) {
        while (true) {
            try {
                return once.submit(order);
            } catch (ActivityFailure e) {
                if (!(e.getCause() instanceof ApplicationFailure failure)
                        || !failure.getType().equals(RemixActivities.REFUSED)) {
                    // It may be paid for: the workflow is listed as failed, and a person has to look.
                    throw e;
                }
            }
            Workflow.sleep(Duration.ofSeconds(5));
        }
    }
}
