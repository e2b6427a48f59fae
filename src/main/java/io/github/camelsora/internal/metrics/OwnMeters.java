package io.github.camelsora.internal.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The meters of one component in a registry that others use, too: each has the name of the component as a tag. Thread-safe. */
final class OwnMeters {
    private static final String COMPONENT = "component";

    private final MeterRegistry registry;
    private final String component;
    private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    private OwnMeters(MeterRegistry registry, String component) {
        this.registry = registry;
        this.component = component;
    }

    /**
     * Meters of a component. Contexts may share a registry and name their components alike, and then a gauge would show the
     * figures of the first only; so the name gets a number when another component has it.
     */
    static OwnMeters in(MeterRegistry registry, String component) {
        synchronized (registry) {
            String name = component;
            for (int number = 2; isUsed(registry, name); number++) {
                name = component + "-" + number;
            }
            OwnMeters meters = new OwnMeters(registry, name);
            meters.reserveName();
            return meters;
        }
    }

    private void reserveName() {
        timer(MeterName.LEDGER_LATENCY, Tags.empty());
    }

    private static boolean isUsed(MeterRegistry registry, String name) {
        return registry.find(MeterName.LEDGER_LATENCY.text())
                        .tag(COMPONENT, name)
                        .meter()
                != null;
    }

    Counter counter(MeterName meter, Tags tags) {
        return own(Counter.builder(meter.text())
                .baseUnit(meter.unit())
                .description(meter.description())
                .tags(tags.and(COMPONENT, component))
                .register(registry));
    }

    Timer timer(MeterName meter, Tags tags) {
        return own(Timer.builder(meter.text())
                .description(meter.description())
                .tags(tags.and(COMPONENT, component))
                .register(registry));
    }

    /** The registry refers to the figures weakly, so that it keeps no stopped component alive. */
    void gauge(MeterName meter, Tags tags, Figures figures, ToDoubleFunction<Figures> value) {
        own(Gauge.builder(meter.text(), figures, value)
                .baseUnit(meter.unit())
                .description(meter.description())
                .tags(tags.and(COMPONENT, component))
                .register(registry));
    }

    private <T extends Meter> T own(T meter) {
        meters.add(meter);
        if (isClosed) {
            // The component has stopped meanwhile.
            registry.remove(meter);
        }
        return meter;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Removes all of them, and those that come later. */
    void close() {
        isClosed = true;
        meters.forEach(registry::remove);
    }
}
