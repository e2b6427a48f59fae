package io.github.camelsora.benchmark.rivals.temporal.lookup;

import io.github.camelsora.benchmark.rivals.temporal.RemixWorker;

/** Runs these workflows. */
public final class LookUpWorker {
    private LookUpWorker() {}

    public static void main(String[] arguments) {
        RemixWorker.run(LookUpWorkflow.class, new LookUpActivities());
    }
}
