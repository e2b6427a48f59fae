package io.github.camelsora.benchmark.rows;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/**
 * The CPU that one submit costs, against a route of camel-http and Jackson that sends the same. Both in one JVM and one run,
 * in turns, each sender waiting for its answer before it sends the next. The CPU is that of the whole process, collections of
 * garbage and the kernel's part included.
 */
public final class CpuRow implements Row {
    private static final double MOST_TIMES = 1.5;
    private static final int SENDERS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Numbers ours = new Numbers();
    private final Against keptConnections = new Against();
    private final Against freshConnections = new Against();

    /** What the same costs by hand, and how much more it costs here. */
    private record Against(Numbers microseconds, Numbers ratios) {
        Against() {
            this(new Numbers(), new Numbers());
        }

        void add(double ours, double byHand) {
            microseconds.add(byHand);
            ratios.add(ours / byHand);
        }
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        int count = effort.of(2_000, 48);
        try (Service service = Service.start(ServiceOptions.tasksThatRunOn());
                CamelContext camel = Contexts.speakingTo(service)) {
            Contexts.holdNothingBack(camel);
            Contexts.pollTooLate(camel);
            camel.addRoutes(new HandWritten(service, 1_000));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:submit").to("sora:remix?waitForCompletion=false&videoId=" + service.source());
                }
            });
            camel.start();
            Crowd us = new Crowd(camel, "direct:submit");
            Crowd kept = new Crowd(camel, HandWritten.SUBMIT);
            Crowd fresh = new Crowd(camel, HandWritten.SUBMIT_OVER_FRESH);
            int unmeasured = effort.of(3, 1);
            for (int round = 0; round < unmeasured + effort.of(9, 2); round++) {
                double byKept = microseconds(kept, count);
                double our = microseconds(us, count);
                double byFresh = microseconds(fresh, count);
                if (round >= unmeasured) {
                    ours.add(our);
                    keptConnections.add(our, byKept);
                    freshConnections.add(our, byFresh);
                }
            }
        }
        return List.of(
                Figure.atMost(
                                "CPU of a submit, against camel-http and Jackson in a route that opens a connection each time, too",
                                MOST_TIMES,
                                freshConnections.ratios().median(),
                                "%.2f times")
                        .with(text(freshConnections)),
                Figure.shown(
                        "the same, against such a route that keeps its connections",
                        Figure.text("%.2f times (%s)", keptConnections.ratios().median(), text(keptConnections))));
    }

    private String text(Against byHand) {
        return Figure.text(
                "%.0f us against %.0f us", ours.median(), byHand.microseconds().median());
    }

    private double microseconds(Crowd crowd, int count) throws Exception {
        long before = process.getProcessCpuTime();
        crowd.sendOneAfterAnother(count, SENDERS);
        crowd.awaitEnds(LIMIT);
        return (process.getProcessCpuTime() - before) / 1e3 / count;
    }
}
