package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/** What waiting costs: exchanges that wait for their remix, all at once, and a context that is stopped meanwhile. */
public final class WaitingRow implements Row {
    private static final String UNIT_KB = "%.1f KB";
    private static final int MOST_THREADS = 12;
    private static final double MOST_KILOBYTES = 6;
    private static final double MOST_SECONDS = 2;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Numbers threads = new Numbers();
    private final Numbers kilobytes = new Numbers();
    private final Numbers stopSeconds = new Numbers();

    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        int count = effort.of(10_000, 500);
        for (int round = 0; round < effort.of(3, 1); round++) {
            try (Service service = Service.start(ServiceOptions.tasksThatRunOn())) {
                run(service, count, effort);
            }
        }
        String what = Figure.text("%,d exchanges wait: ", count);
        return List.of(
                Figure.atMost(what + "live threads named Sora...", MOST_THREADS, threads.percentile(100), "%.0f"),
                Figure.atMost(what + "live heap of each", MOST_KILOBYTES, kilobytes.median(), UNIT_KB),
                Figure.atMost(what + "stop of the context", MOST_SECONDS, stopSeconds.median(), "%.2f s")
                        .with(Figure.text("%.2f s the first time, with cold code", stopSeconds.first())));
    }

    private void run(Service service, int count, Effort effort) throws Exception {
        // What is made once and not for each exchange is made by these.
        int first = effort.of(500, 50);
        CamelContext camel = Contexts.speakingTo(service);
        // The limits of the group default for all that goes on while they wait. Only to get there would take half an
        // hour.
        Contexts.options(camel).setSubmitBurst((long) first + count);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // As a route would that wants to know what it leaves behind.
                onException(WaitParkedException.class).handled(true).setBody(simple("${exception.taskId}"));
                from("direct:remix")
                        .to("sora:remix?videoId=" + service.source())
                        .log("Made: ${body.id}");
            }
        });
        camel.start();
        try (ThreadWatch watch = new ThreadWatch("Sora")) {
            Crowd crowd = new Crowd(camel, "direct:remix");
            crowd.send(first);
            awaitAccepted(service, first);
            long before = LiveHeap.bytes();
            crowd.send(count);
            awaitAccepted(service, first + count);
            // Polls go on meanwhile: the first after 5 s.
            TimeUnit.SECONDS.sleep(effort.of(8, 1));
            kilobytes.add((LiveHeap.bytes() - before) / 1024.0 / count);
            stop(camel, crowd, first + count);
            threads.add(watch.most());
        }
    }

    private void stop(CamelContext camel, Crowd crowd, int count) throws Exception {
        if (crowd.ended() > 0) {
            throw new IllegalStateException(crowd.ended() + " exchanges did not wait");
        }
        long begin = System.nanoTime();
        camel.stop();
        stopSeconds.add((System.nanoTime() - begin) / 1e9);
        if (crowd.ended() != count) {
            throw new IllegalStateException("Only " + crowd.ended() + " routes have handled the stop");
        }
    }

    private static void awaitAccepted(Service service, int count) throws Exception {
        Await.until(LIMIT, () -> service.counts().accepted() == count);
    }
}
