package io.github.camelsora.benchmark.rivals.temporal.lookup;

import io.github.camelsora.benchmark.rivals.temporal.Order;
import io.github.camelsora.benchmark.rivals.temporal.RemixWorkflowImpl;

/** The workflow, whose submit is idempotent now and so has the retries of the default. */
public final class LookUpWorkflow extends RemixWorkflowImpl {
    @Override
    protected String submit(Order order) {
        return retried.submit(order);
    }
}
