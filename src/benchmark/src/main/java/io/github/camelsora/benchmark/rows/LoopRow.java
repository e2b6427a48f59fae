package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.PollScheduleKind;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/**
 * The hand-written route of submit, loop, delay and GET beside ours: the same tasks, the same pauses between two questions,
 * the same threads that send. What counts is when the last message is through.
 */
public final class LoopRow implements Row {
    private static final long PAUSE_MILLIS = 2_500;
    private static final int SENDERS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        Duration task = effort.of(Duration.ofSeconds(10), Duration.ofSeconds(1));
        long pause = effort.of((int) PAUSE_MILLIS, 250);
        List<Figure> figures = new ArrayList<>();
        for (int count : effort.isQuick() ? new int[] {50} : new int[] {500, 1_500, 5_000}) {
            Outcome ours = run("direct:remix", count, task, pause);
            Outcome byHand = run(HandWritten.REMIX, count, task, pause);
            figures.add(Figure.shown(
                    Figure.text(
                            "%,d remixes of %d s at once, asked for every %.1f s: until the last is through",
                            count, task.toSeconds(), pause / 1e3),
                    ours + "; by hand " + byHand));
        }
        return figures;
    }

    private record Outcome(double seconds, long polls, int threads) {
        @Override
        public String toString() {
            return Figure.text("%.1f s, %,d GETs, %d threads", seconds, polls, threads);
        }
    }

    private static Outcome run(String uri, int count, Duration task, long pause) throws Exception {
        try (Service service = Service.start(ServiceOptions.tasksOf(task));
                CamelContext camel = Contexts.speakingTo(service);
                ThreadWatch watch = new ThreadWatch("Camel (")) {
            Contexts.holdNothingBack(camel);
            Contexts.options(camel).setPollSchedule(PollScheduleKind.FIXED);
            Contexts.options(camel).setPollInitialDelay(pause);
            Contexts.options(camel).setPollInterval(pause);
            camel.addRoutes(new HandWritten(service, pause));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:remix").to("sora:remix?videoId=" + service.source());
                }
            });
            camel.start();
            Crowd crowd = new Crowd(camel, uri);
            long begin = System.nanoTime();
            crowd.send(count, SENDERS);
            crowd.awaitEnds(LIMIT);
            return new Outcome(
                    (System.nanoTime() - begin) / 1e9, service.counts().polls(), watch.most());
        }
    }
}
