package io.github.camelsora.internal.camel;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.camel.health.HealthChecks;
import io.github.camelsora.internal.camel.health.KnownProblems;
import io.github.camelsora.internal.camel.operator.LedgerCommands;
import io.github.camelsora.internal.camel.operator.SoraOperator;
import io.github.camelsora.internal.cluster.LivenessSettings;
import io.github.camelsora.internal.models.RequestPrices;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.runtime.AccountRegistry;
import io.github.camelsora.internal.runtime.ApiKeys;
import io.github.camelsora.internal.runtime.LedgerFactory;
import io.github.camelsora.internal.runtime.RuntimeSettings;
import io.github.camelsora.internal.runtime.ServiceConnection;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.runtime.settings.ComponentSettings;
import io.github.camelsora.internal.runtime.settings.ServiceSettings;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.track.DeliveryNotifier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EventNotifier;

/**
 * What the endpoints of a component share. The ledger, the accounts and what was learned outlive a restart of the component;
 * each start has a runtime of its own.
 */
public final class ComponentContext {
    private volatile CamelContext camel;
    private volatile Object component;
    private final Set<WaitingExchange> waiting = ConcurrentHashMap.newKeySet();
    private final AccountRegistry accounts = new AccountRegistry();
    private final DeliveryNotifier notifier = new DeliveryNotifier();
    private final DurationHistory history = new DurationHistory();
    private final LedgerFactory ledgers = new LedgerFactory();
    private final ApiKeys apiKeys = new ApiKeys();
    private final ModelCatalogs modelCatalogs = new ModelCatalogs(() -> camel);
    private final EventNotifier stops = new LifecycleListener(this);
    private final SoraOperator managed = new SoraOperator(this::operator, this::runtime);
    private final HealthChecks healthChecks = new HealthChecks();
    private volatile LivenessSettings liveness = LivenessSettings.DEFAULT;
    private volatile SoraRuntime runtime;
    private volatile LedgerCommands operator;
    private volatile ServiceConnection own;

    /**
     * Opens the ledger and begins to work.
     *
     * @param context the context of the component
     * @param source the component, as the owner of the threads
     * @param settings what holds for all endpoints
     * @param ownService the component's own way to the service, by which it follows tasks before an endpoint has started
     */
    public void start(CamelContext context, Object source, ComponentSettings settings, ServiceSettings ownService)
            throws Exception {
        camel = context;
        component = source;
        // Read before anything is opened: a catalogue that cannot be used ends the start.
        modelCatalogs.of(ownService.submit().modelCatalog());
        ledgers.open(camel, settings.ledger());
        closeMeters();
        runtime = new SoraRuntime(new RuntimeSettings(
                settings,
                camel,
                source,
                ledger(),
                ledgers.fileWatch(),
                history,
                notifier,
                new TaskEventPublisher(camel, source, settings.listener()),
                MeterRegistryLookup.metersOf(name(), camel),
                liveness,
                this::services));
        operator = new LedgerCommands(runtime, accounts, ownService, this::services, this::connections);
        // Before the runtime starts and polls: the connections of the last start are closed.
        own = connectOwn(ownService);
        for (ServiceConnection connection : accounts.connections()) {
            connection.connect(runtime, apiKey(connection));
        }
        runtime.start();
        if (camel.isSuspended()) {
            runtime.suspend();
        }
        camel.getManagementStrategy().addEventNotifier(stops);
        camel.addService(managed, false);
        healthChecks.register(camel, name(), new KnownProblems(runtime, this::connections));
        StartedComponents.of(camel).add(this);
    }

    /** The name of the component in its context; that of its kind when it was added to a started context and has none yet. */
    public String name() {
        return camel.getComponentNames().stream()
                .filter(name -> camel.hasComponent(name) == component)
                .findFirst()
                .orElse("sora");
    }

    /** Its tasks may have been submitted by an endpoint that starts with its first message. Null without an API key. */
    private ServiceConnection connectOwn(ServiceSettings settings) throws Exception {
        if (settings.connection().apiKey() == null) {
            return null;
        }
        ServiceConnection connection = new ServiceConnection(
                settings, history, () -> new RequestPrices(settings.spend().prices()));
        connection.connect(runtime, apiKey(connection));
        return connection;
    }

    /** The services that tasks can be followed at: those of started endpoints, and the component's own. */
    private Collection<ServiceProfile> services() {
        return Stream.concat(accounts.services().stream(), ownIfNeeded().map(ServiceConnection::profile))
                .toList();
    }

    /** The connections of started endpoints, and the component's own. */
    public Collection<ServiceConnection> connections() {
        return Stream.concat(accounts.connections().stream(), ownIfNeeded()).toList();
    }

    /** The component's own connection, unless an endpoint uses its account. */
    private Stream<ServiceConnection> ownIfNeeded() {
        ServiceConnection connection = own;
        ServiceProfile profile = connection == null ? null : connection.profile();
        boolean isNeeded = profile != null
                && accounts.find(profile.account(), profile.baseUrl()).isEmpty();
        return isNeeded ? Stream.of(connection) : Stream.empty();
    }

    /** Ends all work, and all waits. */
    public void stop(CamelContext camel) {
        StartedComponents.of(camel).remove(this);
        healthChecks.unregister();
        camel.getManagementStrategy().removeEventNotifier(stops);
        GuardedCall.run("Removing the operator's bean from JMX", () -> remove(camel));
        runtime.stop();
        closeMeters();
    }

    /** Also those of a start that has failed: their names must be free for the next one. */
    private void closeMeters() {
        if (runtime != null) {
            runtime.meters().close();
        }
    }

    private void remove(CamelContext camel) {
        try {
            camel.removeService(managed);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the ledger, if it was opened here. */
    public void close() {
        ledgers.close();
    }

    /** Lets an endpoint use the service: its account has one payer, and tasks are followed there. */
    void open(ServiceConnection connection) throws Exception {
        if (!connection.settings().spend().limits().isNone() && ledger().book().isEmpty()) {
            throw new IllegalArgumentException(
                    "spendLimit and tenantSpendLimit need a ledger that keeps a book of what is spent (TaskLedger.book), and"
                            + " the ledger of this component keeps none");
        }
        ApiKey apiKey = apiKey(connection);
        accounts.open(connection, apiKey, ledgers.payers());
        connection.connect(runtime, apiKey);
        runtime.housekeeper().trigger();
    }

    private ApiKey apiKey(ServiceConnection connection) {
        return apiKeys.of(connection.settings().connection().apiKey(), camel, () -> ledger().now());
    }

    void close(ServiceConnection connection) {
        accounts.close(connection);
    }

    /** The exchanges that wait, or have waited and are not done. */
    public Set<WaitingExchange> waiting() {
        return waiting;
    }

    /** Sets how the threads of this JVM are watched from the next start on: for tests, which set the counter ahead. */
    public void setLiveness(LivenessSettings settings) {
        liveness = settings;
    }

    /** What runs from the last start on; null before the first. */
    public SoraRuntime runtime() {
        return runtime;
    }

    /** The ledger; null before it is open. */
    public TaskLedger ledger() {
        return ledgers.ledger();
    }

    /** The commands of an operator; null before the first start. */
    public LedgerCommands operator() {
        return operator;
    }

    /** Wakes routes that receive tasks. It outlives a restart of the component, as they do. */
    public DeliveryNotifier notifier() {
        return notifier;
    }

    AccountRegistry accounts() {
        return accounts;
    }

    /** What is known of how long tasks take. */
    public List<DurationHistory.Learned> learned() {
        return history.learned();
    }

    ModelCatalogs modelCatalogs() {
        return modelCatalogs;
    }

    DurationHistory history() {
        return history;
    }
}
