package io.github.camelsora.benchmark.rivals.temporal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs workflows, and starts one for each order in a folder. */
public final class RemixWorker {
    private static final Logger LOG = LoggerFactory.getLogger(RemixWorker.class);
    private static final String QUEUE = "remixes";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RemixWorker() {}

    public static void main(String[] arguments) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(System.getProperty("rival.server"))
                .build());
        WorkflowClient client = WorkflowClient.newInstance(service);
        WorkerFactory factory = WorkerFactory.newInstance(client);
        // Only because of the test server, which never times out a workflow task in the sticky queue of a worker that
        // died. A server does so after 5 s: https://docs.temporal.io/sticky-execution
        WorkerOptions withoutStickyQueue = WorkerOptions.newBuilder()
                .setStickyQueueScheduleToStartTimeout(Duration.ZERO)
                .build();
        Worker worker = factory.newWorker(QUEUE, withoutStickyQueue);
        worker.registerWorkflowImplementationTypes(RemixWorkflowImpl.class);
        worker.registerActivitiesImplementations(new RemixActivitiesImpl());
        factory.start();
        Executors.newSingleThreadScheduledExecutor().scheduleWithFixedDelay(() -> scan(client), 0, 1, TimeUnit.SECONDS);
    }

    private static void scan(WorkflowClient client) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(System.getProperty("rival.orders")), "*.json")) {
            for (Path file : files) {
                Order order = JSON.readValue(file.toFile(), Order.class);
                start(client, order);
                Files.delete(file);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("Could not read the orders", e);
        }
    }

    // https://docs.temporal.io/workflow-execution/workflowid-runid: a workflow id "typically carries some business
    // meaning (such as an order number or customer number)"; with Reject Duplicate it is not used again while the
    // namespace retains the closed workflow.
    private static void start(WorkflowClient client, Order order) {
        RemixWorkflow workflow = client.newWorkflowStub(
                RemixWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(order.order())
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                        .setTaskQueue(QUEUE)
                        .build());
        try {
            WorkflowClient.start(workflow::remix, order);
        } catch (WorkflowExecutionAlreadyStarted e) {
            LOG.info("{} came again", order.order());
        }
    }
}
