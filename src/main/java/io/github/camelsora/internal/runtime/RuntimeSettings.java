package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.cluster.LivenessSettings;
import io.github.camelsora.internal.ledger.ChangeObserver;
import io.github.camelsora.internal.ledger.jdbc.H2FileWatch;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.runtime.settings.ComponentSettings;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.DeliveryNotifier;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * What a runtime is made of.
 *
 * @param component what holds for all endpoints
 * @param context the context whose threads and connections are used
 * @param source the component, as the owner of the threads
 * @param ledger the ledger, once it is open
 * @param ledgerFile watches the file of the ledger
 * @param history how long tasks take; it outlives the runtime
 * @param notifier wakes consumers; it outlives the runtime
 * @param observer is notified of changes of tasks
 * @param meters measure this runtime; closed by who has created them
 * @param liveness how the threads of this JVM are watched
 * @param services the services that tasks can be followed at now
 */
public record RuntimeSettings(
        ComponentSettings component,
        CamelContext context,
        Object source,
        TaskLedger ledger,
        H2FileWatch ledgerFile,
        DurationHistory history,
        DeliveryNotifier notifier,
        ChangeObserver observer,
        Meters meters,
        LivenessSettings liveness,
        Supplier<Collection<ServiceProfile>> services) {}
