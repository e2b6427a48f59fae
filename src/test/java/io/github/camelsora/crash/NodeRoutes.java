package io.github.camelsora.crash;

import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.crash.DeliveryJournal.Entry;
import io.github.camelsora.crash.DeliveryJournal.Receiver;
import java.io.File;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/** The routes of a node: one submits, one submits and waits, and {@code sora:tasks}. Each delivery goes into the journal. */
final class NodeRoutes extends RouteBuilder {
    static final String FORGET = "direct:forget";
    static final String WAIT = "direct:wait";

    private static final String TASK = "task";
    private static final String RECEIVED_AT = "receivedAt";

    private final NodeOptions options;
    private final DeliveryJournal journal;

    NodeRoutes(NodeOptions options, DeliveryJournal journal) {
        this.options = options;
        this.journal = journal;
    }

    @Override
    public void configure() {
        String remix = "sora:remix?videoId=" + options.source();
        // Named by exchange, because two deliveries of one task must not share a file.
        String download = "sora:download?fileName=${exchangeId}.mp4&directory="
                + options.folder().resolve("videos").resolve(options.name());

        from(FORGET).to(remix + "&waitForCompletion=false");

        from(WAIT)
                .onException(TaskFailedException.class)
                .handled(true)
                .process(exchange -> rememberTask(exchange, failed(exchange)))
                .process(journalDelivery(Receiver.WAITING))
                .end()
                .to(remix)
                .process(NodeRoutes::rememberTask)
                .to(download)
                .process(journalDelivery(Receiver.WAITING));

        from("sora:tasks?initialDelay=50&delay=250")
                .process(NodeRoutes::rememberTask)
                .choice()
                .when(exchange -> taskOf(exchange).status() == TaskStatus.COMPLETED)
                .to(download)
                .end()
                .process(journalDelivery(Receiver.TASKS));
    }

    private static void rememberTask(Exchange exchange) {
        rememberTask(exchange, exchange.getMessage().getBody(VideoTask.class));
    }

    private static void rememberTask(Exchange exchange, VideoTask task) {
        exchange.setProperty(TASK, task);
        exchange.setProperty(RECEIVED_AT, System.currentTimeMillis());
    }

    private static VideoTask failed(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, TaskFailedException.class)
                .getTask();
    }

    private static VideoTask taskOf(Exchange exchange) {
        return exchange.getProperty(TASK, VideoTask.class);
    }

    private Processor journalDelivery(Receiver receiver) {
        return exchange -> {
            VideoTask task = taskOf(exchange);
            if (task.status() == TaskStatus.COMPLETED) {
                // A long run has thousands of files; that each existed is enough.
                Files.delete(exchange.getMessage().getBody(File.class).toPath());
            }
            journal.write(new Entry(
                    options.name(),
                    task.key(),
                    task.id() == null ? Entry.NO_ID : task.id(),
                    task.status().name(),
                    receiver,
                    exchange.getProperty(RECEIVED_AT, Long.class),
                    System.currentTimeMillis()));
        };
    }
}
