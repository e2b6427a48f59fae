package io.github.camelsora.internal.camel.health;

import io.github.camelsora.internal.time.GuardedCall;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * The health checks of a started component in the registry of its Camel context, if there is one, which needs camel-health. The
 * component works without them.
 */
public final class HealthChecks {
    private static final String LEDGER = "-ledger";

    private final List<Runnable> removals = new CopyOnWriteArrayList<>();

    /**
     * Registers the checks of a component.
     *
     * @param camel the context
     * @param name the name of the component, with which the names of its checks begin
     * @param problems finds what is wrong
     */
    public void register(CamelContext camel, String name, KnownProblems problems) {
        GuardedCall.run("Registering the health checks of component " + name, () -> {
            HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
            if (registry != null) {
                // Only now: without camel-health the class of the checks cannot be loaded.
                register(registry, freeName(registry, name), problems);
            }
        });
    }

    /** A component that is added to a started context starts before it has a name. */
    private static String freeName(HealthCheckRegistry registry, String name) {
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> n == 1 ? name : name + "-" + n)
                .filter(free -> registry.getCheck(free + LEDGER).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private void register(HealthCheckRegistry registry, String name, KnownProblems problems) {
        add(registry, new KnownProblemsCheck(name + "-timer", true, problems::ofTimer));
        add(registry, new KnownProblemsCheck(name + LEDGER, false, problems::ofLedger));
        add(registry, new KnownProblemsCheck(name + "-service", false, problems::ofServices));
        add(registry, new KnownProblemsCheck(name + "-key", false, problems::ofKeys));
        add(registry, new KnownProblemsCheck(name + "-paused", false, problems::ofPauses));
    }

    private void add(HealthCheckRegistry registry, HealthCheck check) {
        if (registry.register(check)) {
            removals.add(() -> registry.unregister(check));
        }
    }

    /** Removes what was registered. */
    public void unregister() {
        removals.forEach(removal -> GuardedCall.run("Removing a health check", removal));
        removals.clear();
    }
}
