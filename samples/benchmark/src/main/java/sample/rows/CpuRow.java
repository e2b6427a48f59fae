package sample.rows;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import sample.Effort;
import sample.Figure;
import sample.Row;
import sample.service.Service;
import sample.service.ServiceOptions;

/**
 * The CPU that one submit costs, against a route of camel-http and Jackson that sends the same. Both in one JVM and one run,
 * in turns, each sender waiting for its answer before it sends the next. The CPU is that of the whole process, collections of
 * garbage and the kernel's part included.
 */
public final class CpuRow implements Row {
    private static final double MOST_TIMES = 1.3;
    private static final int SENDERS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Numbers ours = new Numbers();
    private final Numbers byHand = new Numbers();
    private final Numbers ratios = new Numbers();

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        int count = effort.of(2_000, 48);
        try (Service service = Service.start(ServiceOptions.tasksThatRunOn());
                CamelContext camel = Contexts.speakingTo(service)) {
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
            Crowd hand = new Crowd(camel, HandWritten.SUBMIT);
            for (int i = 0; i < effort.of(4, 1); i++) {
                microseconds(us, count);
                microseconds(hand, count);
            }
            for (int i = 0; i < effort.of(11, 2); i++) {
                double our = microseconds(us, count);
                double their = microseconds(hand, count);
                ours.add(our);
                byHand.add(their);
                ratios.add(our / their);
            }
        }
        return List.of(Figure.atMost(
                        "CPU of a submit, against camel-http and Jackson in a route",
                        MOST_TIMES,
                        ratios.median(),
                        "%.2f times")
                .with(Figure.text("%.0f us against %.0f us", ours.median(), byHand.median())));
    }

    private double microseconds(Crowd crowd, int count) throws Exception {
        long before = process.getProcessCpuTime();
        crowd.sendOneAfterAnother(count, SENDERS);
        crowd.awaitEnds(LIMIT);
        return (process.getProcessCpuTime() - before) / 1e3 / count;
    }
}
