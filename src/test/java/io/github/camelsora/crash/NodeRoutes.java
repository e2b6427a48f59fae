package io.github.camelsora.crash;

import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.crash.Journal.Entry;
import io.github.camelsora.crash.Journal.Taker;
import java.io.File;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/** The routes of a child JVM: remixes that somebody waits for and others, and what takes each video and notes it down. */
final class NodeRoutes extends RouteBuilder {
    static final String FORGET = "direct:forget";
    static final String WAIT = "direct:wait";

    private static final String TASK = "task";
    private static final String HANDED_OVER = "handedOver";

    private final NodeOptions options;
    private final Journal journal;

    NodeRoutes(NodeOptions options, Journal journal) {
        this.options = options;
        this.journal = journal;
    }

    @Override
    public void configure() {
        String remix = "sora:remix?videoId=" + options.source();
        // By exchange, because a task that is taken twice must not share its file with itself.
        String download = "sora:download?fileName=${exchangeId}.mp4&directory="
                + options.folder().resolve("videos").resolve(options.name());

        from(FORGET).to(remix + "&waitForCompletion=false");

        from(WAIT)
                .onException(TaskFailedException.class)
                .handled(true)
                .process(exchange -> keep(exchange, failed(exchange)))
                .process(note(Taker.WAITING))
                .end()
                .to(remix)
                .process(NodeRoutes::keep)
                .to(download)
                .process(note(Taker.WAITING));

        from("sora:tasks?initialDelay=50&delay=250")
                .process(NodeRoutes::keep)
                .choice()
                .when(exchange -> taskOf(exchange).status() == TaskStatus.COMPLETED)
                .to(download)
                .end()
                .process(note(Taker.TASKS));
    }

    private static void keep(Exchange exchange) {
        keep(exchange, exchange.getMessage().getBody(VideoTask.class));
    }

    private static void keep(Exchange exchange, VideoTask task) {
        exchange.setProperty(TASK, task);
        exchange.setProperty(HANDED_OVER, System.currentTimeMillis());
    }

    private static VideoTask failed(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, TaskFailedException.class)
                .getTask();
    }

    private static VideoTask taskOf(Exchange exchange) {
        return exchange.getProperty(TASK, VideoTask.class);
    }

    private Processor note(Taker taker) {
        return exchange -> {
            VideoTask task = taskOf(exchange);
            if (task.status() == TaskStatus.COMPLETED) {
                // There are thousands in a long run, so only their having been there counts.
                Files.delete(exchange.getMessage().getBody(File.class).toPath());
            }
            journal.write(new Entry(
                    options.name(),
                    task.key(),
                    task.id() == null ? Entry.NO_ID : task.id(),
                    task.status().name(),
                    taker,
                    exchange.getProperty(HANDED_OVER, Long.class),
                    System.currentTimeMillis()));
        };
    }
}
