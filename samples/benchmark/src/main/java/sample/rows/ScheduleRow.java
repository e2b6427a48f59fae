package sample.rows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;
import sample.Effort;
import sample.Figure;
import sample.Row;
import sample.service.Service;
import sample.service.ServiceOptions;

/**
 * How often and how late both poll schedules ask for the same remixes, which are submitted one after the other. All times are
 * shortened alike; what is shown is in the service's time.
 */
public final class ScheduleRow implements Row {
    private static final int TIMES_FASTER = 100;
    private static final double SECONDS_BETWEEN_SUBMITS = 5;
    private static final int SECONDS_BETWEEN_LOOKS = 15;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Remixes, and how many questions for one are allowed; by the design, where it says so. */
    private record Work(String what, double medianSeconds, double spread, double mostGets) {}

    private static final List<Work> WORKS = List.of(
            new Work("5 minutes, narrow", 300, 0.1, 10),
            new Work("2.5 minutes, wide", 150, 0.4, 11),
            new Work("1 minute", 60, 0.25, 5));

    @Override
    public String name() {
        return "schedule";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Service ofLearned = Service.start(ServiceOptions.tasksAsPrompted());
                Service ofFixed = Service.start(ServiceOptions.tasksAsPrompted())) {
            for (Work work : WORKS) {
                for (boolean looks : List.of(false, true)) {
                    double[] seconds = seconds(work, looks, effort);
                    CompletableFuture<Polls> fixed = CompletableFuture.supplyAsync(
                            () -> run(ofFixed, "fixed", seconds, effort));
                    Polls learned = run(ofLearned, "learned", seconds, effort);
                    String what = work.what() + (looks ? ", a service that looks every 15 s" : "");
                    figures.addAll(figures(what, work.mostGets(), learned, fixed.get(), effort));
                }
            }
        }
        return figures;
    }

    private static List<Figure> figures(String what, double mostGets, Polls learned, Polls fixed, Effort effort) {
        int from = unmeasured(effort);
        return List.of(
                Figure.atMost("GETs for a remix of " + what, mostGets, learned.gets(from), "%.1f")
                        .with(Figure.text("%.1f with the fixed schedule", fixed.gets(from))),
                Figure.atMost(
                        "lag meanwhile, beside the fixed schedule's",
                        fixed.lag(from) * TIMES_FASTER,
                        learned.lag(from) * TIMES_FASTER,
                        "%.2f s"));
    }

    /** The first are asked for as the vendor advises, until some have ended; they do not count. */
    private static int unmeasured(Effort effort) {
        return effort.of(100, 20);
    }

    private static double[] seconds(Work work, boolean looks, Effort effort) {
        Random random = new Random(effort.seed());
        double[] seconds = new double[unmeasured(effort) + effort.of(300, 20)];
        for (int i = 0; i < seconds.length; i++) {
            double one = work.medianSeconds() * Math.exp(work.spread() * random.nextGaussian());
            seconds[i] = looks ? SECONDS_BETWEEN_LOOKS * Math.ceil(one / SECONDS_BETWEEN_LOOKS) : one;
        }
        return seconds;
    }

    private static Polls run(Service service, String schedule, double[] seconds, Effort effort) {
        Polls polls = new Polls(seconds, TIMES_FASTER);
        try (CamelContext camel = Contexts.speakingTo(service)) {
            Contexts.holdNothingBack(camel);
            Contexts.sora(camel).setTaskListener(polls);
            Contexts.options(camel).setPollSchedule(schedule);
            Contexts.options(camel).setPollInitialDelay(5_000 / TIMES_FASTER);
            Contexts.options(camel).setPollInterval(10_000 / TIMES_FASTER);
            camel.start();
            AsyncProducer remix = camel.getEndpoint("sora:remix?videoId=" + service.source())
                    .createAsyncProducer();
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
