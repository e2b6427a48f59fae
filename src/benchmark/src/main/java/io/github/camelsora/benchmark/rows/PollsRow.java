package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.PollScheduleKind;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;

/**
 * What asking costs when the whole component does it, over HTTP: the learned schedule and the vendor's advice at the same time,
 * each for the same remixes, a hundred times as fast as the world. What is shown is in the world's time, so a millisecond of this
 * machine is a tenth of a second of lag, on both sides.
 */
public final class PollsRow implements Row {
    private static final int TIMES_FASTER = 100;
    private static final double SECONDS_BETWEEN_SUBMITS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Remixes, and how many questions for one the design allows. */
    private record Work(TaskDurations durations, double mostGets) {}

    private static final List<Work> WORKS =
            List.of(new Work(TaskDurations.FIVE_MINUTES, 10), new Work(TaskDurations.WIDE.lookedAtEach15Seconds(), 11));

    @Override
    public String name() {
        return "polls";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Service ofLearned = Service.start(ServiceOptions.tasksAsPrompted());
                Service ofFixed = Service.start(ServiceOptions.tasksAsPrompted())) {
            for (Work work : WORKS) {
                double[] seconds = seconds(work, effort);
                CompletableFuture<Polls> fixed =
                        CompletableFuture.supplyAsync(() -> run(ofFixed, PollScheduleKind.FIXED, seconds, effort));
                Polls learned = run(ofLearned, PollScheduleKind.LEARNED, seconds, effort);
                figures.add(figure(work, learned, fixed.get(), unmeasured(effort)));
            }
        }
        return figures;
    }

    private static Figure figure(Work work, Polls learned, Polls fixed, int from) {
        return Figure.atMost(
                        "the same over HTTP, a hundred times as fast, "
                                + work.durations().name() + ": GETs",
                        work.mostGets(),
                        learned.gets(from),
                        "%.1f")
                .with(Figure.text(
                        "lag %.2f s; by the vendor's advice %.1f, lag %.2f s",
                        learned.lag(from) * TIMES_FASTER, fixed.gets(from), fixed.lag(from) * TIMES_FASTER));
    }

    /** The first are asked for as the vendor advises, until some have ended; they do not count. */
    private static int unmeasured(Effort effort) {
        return effort.of(100, 20);
    }

    private static double[] seconds(Work work, Effort effort) {
        Random random = new Random(effort.seed());
        double[] seconds = new double[unmeasured(effort) + effort.of(300, 20)];
        for (int i = 0; i < seconds.length; i++) {
            Instant end = work.durations().end(Instant.EPOCH, random);
            seconds[i] = Duration.between(Instant.EPOCH, end).toNanos() / 1e9;
        }
        return seconds;
    }

    private static Polls run(Service service, PollScheduleKind schedule, double[] seconds, Effort effort) {
        Polls polls = new Polls(seconds, TIMES_FASTER);
        try (CamelContext camel = Contexts.speakingTo(service)) {
            Contexts.holdNothingBack(camel);
            Contexts.sora(camel).setTaskListener(polls);
            Contexts.options(camel).setPollSchedule(schedule);
            Contexts.options(camel).setPollInitialDelay(5_000 / TIMES_FASTER);
            Contexts.options(camel).setPollInterval(10_000 / TIMES_FASTER);
            camel.start();
            AsyncProducer remix =
                    camel.getEndpoint("sora:remix?videoId=" + service.source()).createAsyncProducer();
            remix.start();
            Random random = new Random(effort.seed());
            long next = System.nanoTime();
            for (int i = 0; i < seconds.length; i++) {
                next += nanos(-SECONDS_BETWEEN_SUBMITS * Math.log(1 - random.nextDouble()));
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                remix.process(message(camel, i, seconds[i]), isSynchronous -> {});
            }
            Await.until(LIMIT, polls::areAllEnded);
            return polls;
        } catch (Exception e) {
            throw new IllegalStateException("With the schedule " + schedule, e);
        }
    }

    private static Exchange message(CamelContext camel, int number, double seconds) {
        return ExchangeBuilder.anExchange(camel)
                .withHeader("CamelSoraRequestKey", Integer.toString(number))
                .withBody(Duration.ofNanos(nanos(seconds)).toString())
                .build();
    }

    private static long nanos(double secondsOfTheService) {
        return (long) (secondsOfTheService * 1e9 / TIMES_FASTER);
    }
}
