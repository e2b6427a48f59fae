package io.github.camelsora.benchmark.rows;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraTaskEvent;
import io.github.camelsora.api.PollScheduleKind;
import io.github.camelsora.api.TaskEventInfo;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.benchmark.service.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Tasks of a component and a context of their own, of which something is observed. Each is submitted, polled once and delivered
 * to the exchange that waits for it.
 */
final class ObservedTasks implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SENDERS = 4;
    private static final int MOST_LINES = 10;

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Observability observed;
    private final TaskLedger ledger;
    private final CamelContext camel;
    private final Crowd crowd;
    private final LongAdder events = new LongAdder();
    private final LongAdder notified = new LongAdder();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CountedSpans spans = new CountedSpans();
    private volatile String lastKey;

    /**
     * Starts them.
     *
     * @param observed what is observed; nothing else is
     * @param service where each task takes as long as the other argument says
     * @param task how long
     */
    ObservedTasks(Observability observed, TaskLedger ledger, Service service, Duration task) throws Exception {
        this.observed = observed;
        this.ledger = ledger;
        camel = Contexts.speakingTo(service);
        Contexts.holdNothingBack(camel);
        Contexts.sora(camel).setLedger(ledger);
        SoraConfiguration options = Contexts.options(camel);
        options.setPollSchedule(PollScheduleKind.FIXED);
        options.setPollInitialDelay(2 * task.toMillis());
        observe();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:remix")
                        .to("sora:remix?videoId=" + service.source())
                        .process(exchange -> lastKey =
                                exchange.getMessage().getBody(VideoTask.class).key());
            }
        });
        camel.start();
        crowd = new Crowd(camel, "direct:remix");
    }

    private void observe() {
        Contexts.sora(camel).setRecordHistory(observed.has(Observability.HISTORY));
        if (observed.has(Observability.EVENTS)) {
            Contexts.sora(camel).setTaskListener(new CountingListener());
            camel.getManagementStrategy().addEventNotifier(new CountingNotifier());
        }
        if (observed.has(Observability.METERS)) {
            camel.getRegistry().bind("meters", registry);
        }
        if (observed.has(Observability.SPANS)) {
            spans.of(camel);
        }
    }

    private final class CountingListener implements TaskListener {
        @Override
        public void seen(VideoTask task) {
            // It is about the state of a task, and not about the change.
        }

        @Override
        public void event(TaskEventInfo event) {
            events.increment();
        }
    }

    private final class CountingNotifier extends SimpleEventNotifierSupport {
        @Override
        public boolean isEnabled(CamelEvent event) {
            return event instanceof SoraTaskEvent;
        }

        @Override
        public void notify(CamelEvent event) {
            notified.increment();
        }
    }

    /** The CPU time of this process for a task, when so many are submitted at once. */
    double microseconds(int count) throws Exception {
        MdcSwitch.turn(observed.has(Observability.MDC));
        long before = process.getProcessCpuTime();
        crowd.send(count, SENDERS);
        crowd.awaitEnds(LIMIT);
        return (process.getProcessCpuTime() - before) / 1e3 / count;
    }

    /** Fails if something was not observed that should be, or the other way round, or a task was not delivered. */
    void check() {
        check("delivery", true, isDelivered(lastKey));
        check("history", observed.has(Observability.HISTORY), hasHistory(lastKey));
        check("listener", observed.has(Observability.EVENTS), events.sum() > 0);
        check("event notifier", observed.has(Observability.EVENTS), notified.sum() > 0);
        check(
                "meters",
                observed.has(Observability.METERS),
                registry.find("sora.polls").meter() != null);
        check("spans", observed.has(Observability.SPANS), spans.have("sora submit") && spans.have("sora poll"));
    }

    private void check(String what, boolean expected, boolean isThere) {
        if (isThere != expected) {
            throw new IllegalStateException("With " + observed + " on: " + what + (isThere ? "" : " not") + " seen");
        }
    }

    private boolean isDelivered(String key) {
        return ledger.find(TaskLives.ACCOUNT, key)
                .map(TaskRecord::state)
                .filter(TaskState.DELIVERED::equals)
                .isPresent();
    }

    private boolean hasHistory(String key) {
        return !ledger.history()
                .orElseThrow()
                .find(TaskLives.ACCOUNT, key, MOST_LINES)
                .isEmpty();
    }

    @Override
    public void close() throws Exception {
        camel.close();
        spans.close();
    }
}
