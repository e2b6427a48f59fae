package io.github.camelsora.benchmark.rivals.temporal;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Remixes the video of an order. */
@WorkflowInterface
public interface RemixWorkflow {
    @WorkflowMethod
    void remix(Order order);
}
