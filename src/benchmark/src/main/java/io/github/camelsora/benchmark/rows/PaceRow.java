package io.github.camelsora.benchmark.rows;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Counts;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import io.github.camelsora.simulator.Burst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/**
 * Many remixes at once and the vendor's limits of the group {@code default}, whichever way the vendor means them: as a bucket,
 * or as the most of any ten seconds. Both at the same time, as neither has much to do.
 */
public final class PaceRow implements Row {
    private static final double MOST_SECONDS_BY_BUCKET = 196;
    private static final double MOST_SECONDS_BY_WINDOW = 260;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "pace";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        int count = effort.of(1_000, 55);
        CompletableFuture<Outcome> bucket = CompletableFuture.supplyAsync(() -> run(Burst.BUCKET, count));
        CompletableFuture<Outcome> window = CompletableFuture.supplyAsync(() -> run(Burst.WINDOW, count));
        List<Figure> figures = new ArrayList<>();
        figures.add(seconds(count, "limits as a bucket", MOST_SECONDS_BY_BUCKET, bucket.get()));
        figures.add(
                Figure.atMost("answers 429 meanwhile", 0, bucket.get().counts().refusals(), "%.0f"));
        figures.add(seconds(count, "limits as the most of any 10 s", MOST_SECONDS_BY_WINDOW, window.get()));
        figures.add(Figure.atMost(
                        "answers 429 after the pace was changed",
                        0,
                        window.get().counts().lateRefusals(),
                        "%.0f")
                .with(window.get().counts().refusals() + " before"));
        return figures;
    }

    private static Figure seconds(int count, String limits, double most, Outcome outcome) {
        String what = Figure.text("%,d remixes at once, %s: until the last is placed", count, limits);
        return Figure.atMost(what, most, outcome.seconds(), "%.1f s");
    }

    private record Outcome(double seconds, Counts counts) {}

    private static Outcome run(Burst meaning, int count) {
        ServiceOptions options = ServiceOptions.tasksOf(Duration.ofMinutes(5)).limitedBy(meaning);
        try (Service service = Service.start(options);
                CamelContext camel = Contexts.speakingTo(service)) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:submit").to("sora:remix?waitForCompletion=false&videoId=" + service.source());
                }
            });
            camel.start();
            Crowd crowd = new Crowd(camel, "direct:submit");
            long begin = System.nanoTime();
            crowd.send(count);
            crowd.awaitEnds(LIMIT);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Counts counts = service.counts();
            if (counts.accepted() != count) {
                throw new IllegalStateException(counts.accepted() + " remixes were placed and not " + count);
            }
            return new Outcome(seconds, counts);
        } catch (Exception e) {
            throw new IllegalStateException("Limits as a " + meaning, e);
        }
    }
}
