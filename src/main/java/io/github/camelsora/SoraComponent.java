package io.github.camelsora;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.internal.camel.WaitingExchange;
import io.github.camelsora.internal.camel.option.LocaleSafeConfigurer;
import io.github.camelsora.internal.camel.option.OptionCheck;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.runtime.AccountRegistry;
import io.github.camelsora.internal.runtime.HttpClientFactory;
import io.github.camelsora.internal.runtime.LedgerFactory;
import io.github.camelsora.internal.runtime.PayerRegistry;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.DeliveryNotifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextResumingEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.spi.CamelEvent.CamelContextSuspendingEvent;
import org.apache.camel.spi.CamelEvent.RouteStoppingEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The component behind {@code sora:}. It holds what all its endpoints share: the ledger of tasks, the threads and the
 * connections.
 */
@Component("sora")
@ManagedResource(description = "Managed SoraComponent")
public class SoraComponent extends DefaultComponent implements SSLContextParametersAware {

    // The vendor's last webhook comes 31 hours after an end.
    private static final Duration LEAST_KEPT = Duration.ofHours(72);

    @Metadata(description = "The options that every endpoint starts from.")
    private SoraConfiguration configuration = new SoraConfiguration();

    @Metadata(
            label = "advanced",
            defaultValue = "100000",
            description =
                    "How many tasks may be open at once while the ledger is in memory; a submit beyond that is refused before it"
                            + " is sent. A ledger on disk takes as many as come. All components of a context share the"
                            + " ledger in memory, and the largest number counts.")
    private int maxOpenTasks = 100_000;

    @Metadata(
            label = "advanced",
            autowired = true,
            description = "Watches tasks from their acceptance to their end, say to show their progress.")
    private TaskListener taskListener;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether connections are secured as the context's global SSL parameters say.")
    private boolean useGlobalSslContextParameters;

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "The ledger of what may have cost money, when it is one of your own. Without ledger, dataSource and"
                            + " ledgerFile it is kept in memory, and a restart forgets it.")
    private TaskLedger ledger;

    @Metadata(
            description =
                    "The database to keep the ledger in, H2 or PostgreSQL. JVMs with the same database share its tasks."
                            + " It must not take part in the transactions of routes.")
    private DataSource dataSource;

    @Metadata(
            description =
                    "The file to keep the ledger in, for one JVM: the path of an embedded H2 database, which needs"
                            + " com.h2database:h2. Its name ends with .mv.db, which is added.")
    private String ledgerFile;

    @Metadata(
            label = "advanced",
            defaultValue = "true",
            description =
                    "Whether the tables of the ledger are created, and changed when a new version needs more. When"
                            + " false they must be there.")
    private boolean createTable = true;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long a JVM may be silent before others take over its tasks. It is renewed three times as"
                    + " often.")
    private long leaseDuration = 30_000;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30d",
            description =
                    "How long a key is remembered after its task was delivered, so that it is not paid again; at least"
                            + " 72 hours. The ledger in memory keeps no more of them than maxOpenTasks.")
    private long keepDelivered = 2_592_000_000L;

    @Metadata(
            label = "advanced",
            description =
                    "Where the buckets of accounts are when several JVMs share them: a ProxyManager of Bucket4j, with text as"
                            + " keys, say of bucket4j_jdk17-postgresql. Without it each JVM has buckets of its own.")
    private ProxyManager<?> bucketProxyManager;

    @Metadata(
            label = "advanced",
            defaultValue = "4",
            description = "How many videos are downloaded at once. Others wait for their turn without a thread.")
    private int maxConcurrentDownloads = 4;

    private final EventNotifier parking = new Parking();
    private final Set<WaitingExchange> waiting = ConcurrentHashMap.newKeySet();
    private final AccountRegistry accounts = new AccountRegistry();
    private final DeliveryNotifier notifier = new DeliveryNotifier();
    private final DurationHistory history = new DurationHistory();
    private final LedgerFactory ledgers = new LedgerFactory();
    private SoraRuntime runtime;
    private volatile ServiceProfile ownService;

    /** Creates the component; Camel does so when it meets the first {@code sora:}. */
    public SoraComponent() {}

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (parameters.containsKey("baseUrl") && !parameters.containsKey("apiKey")) {
            throw new IllegalArgumentException(
                    "An endpoint that sets its own baseUrl must set its own apiKey: the key of"
                            + " the component is not sent to another service");
        }
        SoraConfiguration own = configuration.copy();
        own.setOperation(SoraOperation.parse(remaining));
        SoraEndpoint endpoint = new SoraEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return LocaleSafeConfigurer.of(super.getComponentPropertyConfigurer());
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return LocaleSafeConfigurer.of(super.getEndpointPropertyConfigurer());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // Not in doInit, which comes before camel-main has set the options of a component.
        OptionCheck.checkTime("leaseDuration", leaseDuration);
        OptionCheck.checkTime("keepDelivered", keepDelivered);
        if (keepDelivered < LEAST_KEPT.toMillis()) {
            throw new IllegalArgumentException(
                    "keepDelivered must be at least " + LEAST_KEPT.toHours()
                            + "h: the vendor may tell of an end for more than a day, and what is forgotten would be news again");
        }
        if (maxConcurrentDownloads < 1) {
            throw new IllegalArgumentException("maxConcurrentDownloads must be at least 1");
        }
        ledgers.open(getCamelContext(), ledger, dataSource, ledgerFile, createTable, maxOpenTasks);
        runtime = new SoraRuntime(
                getCamelContext(),
                this,
                maxConcurrentDownloads,
                ledger(),
                history,
                notifier,
                taskListener == null ? task -> {} : taskListener,
                Duration.ofMillis(leaseDuration),
                Duration.ofMillis(keepDelivered),
                buckets(),
                ledgers.fileWatch(),
                this::services);
        // Before it begins to work: what is adopted at once must not be asked for over connections that are closed.
        ownService = connectOwn();
        for (SoraEndpoint endpoint : accounts.endpoints()) {
            endpoint.connect();
        }
        runtime.start();
        if (getCamelContext().isSuspended()) {
            runtime.suspend();
        }
        getCamelContext().getManagementStrategy().addEventNotifier(parking);
    }

    @Override
    protected void doSuspend() throws Exception {
        runtime.suspend();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        runtime.resume();
    }

    @Override
    protected void doStop() throws Exception {
        getCamelContext().getManagementStrategy().removeEventNotifier(parking);
        runtime.stop();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        ledgers.close();
    }

    /**
     * Ends waits while the routes can still react: all of them when the context begins to stop or to be suspended, those of one
     * route when it stops alone. Not when a producer stops, which also happens to one that a cache has no room for.
     */
    private final class Parking extends SimpleEventNotifierSupport {
        @Override
        public boolean isEnabled(CamelEvent event) {
            return event instanceof CamelContextStoppingEvent
                    || event instanceof CamelContextSuspendingEvent
                    || event instanceof CamelContextResumingEvent
                    || event instanceof RouteStoppingEvent;
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof RouteStoppingEvent stopping) {
                String routeId = stopping.getRoute().getRouteId();
                waiting.forEach(exchange -> exchange.cancelIfInRoute(routeId));
                runtime.downloads().cancelInRoute(routeId);
            } else if (event instanceof CamelContextSuspendingEvent) {
                runtime.suspend();
            } else if (event instanceof CamelContextResumingEvent) {
                // Before the consumers of the routes are resumed, which may submit at once.
                runtime.resume();
            } else {
                runtime.park();
            }
        }
    }

    /** The exchanges that wait, or have waited and are not done. */
    public Set<WaitingExchange> waiting() {
        return waiting;
    }

    /**
     * Pays for a request once more under its key, because its task has failed or was never accepted. An endpoint of its
     * account must be started. Nobody waits for it; a later submit under the same key does.
     *
     * @param key the key, which one of the accounts that this component knows has
     * @throws IllegalArgumentException if no account or more than one has the key, or paying again would be wrong
     */
    @ManagedOperation(description = "Pays for a failed or refused request once more, under its key")
    public void retry(String key) {
        retry(onlyAccountOf(key), key);
    }

    /**
     * Pays for a request of an account once more under its key, because its task has failed or was never accepted. An endpoint
     * of the account must be started. Nobody waits for it; a later submit under the same key does.
     *
     * @param account the account that pays
     * @param key the key within the account
     * @throws IllegalArgumentException if there is no such key, or paying again would be wrong
     */
    @ManagedOperation(description = "Pays for a failed or refused request of an account once more, under its key")
    public void retry(String account, String key) {
        runtime.operatorService()
                .retry(new TaskKey(account, key), record -> accounts.find(record.account(), record.baseUrl())
                        .orElseThrow(() -> new IllegalArgumentException("No route of account '" + record.account()
                                + "' at " + record.baseUrl() + " is started, so there is no API key to pay with"))
                        .submission(record));
    }

    /**
     * Removes the record of a key: the next submit under it is paid for. Refused while its task runs.
     *
     * @param key the key, which one of the accounts that this component knows has
     * @throws IllegalArgumentException if no account or more than one has the key, or its task runs
     */
    @ManagedOperation(description = "Forgets a key, so that the next request under it is paid for")
    public void forget(String key) {
        forget(onlyAccountOf(key), key);
    }

    /**
     * Removes the record of a key of an account: the next submit under it is paid for. Refused while its task runs.
     *
     * @param account the account that has paid
     * @param key the key within the account
     * @throws IllegalArgumentException if there is no such key, or its task runs
     */
    @ManagedOperation(description = "Forgets a key of an account, so that the next request under it is paid for")
    public void forget(String account, String key) {
        runtime.operatorService().forget(new TaskKey(account, key));
    }

    /**
     * Delivers a task again that was set aside, because no route could take it or because it did not end in time. It is
     * followed again if it has not ended.
     *
     * @param key the key, which one of the accounts that this component knows has
     * @throws IllegalArgumentException if no account or more than one has the key, or it is not set aside
     */
    @ManagedOperation(description = "Delivers a task again that was set aside")
    public void release(String key) {
        release(onlyAccountOf(key), key);
    }

    /**
     * Delivers a task of an account again that was set aside, because no route could take it or because it did not end in
     * time. It is followed again if it has not ended.
     *
     * @param account the account that has paid
     * @param key the key within the account
     * @throws IllegalArgumentException if there is no such key, or it is not set aside
     */
    @ManagedOperation(description = "Delivers a task of an account again that was set aside")
    public void release(String account, String key) {
        Instant now = runtime.ledger().now();
        Instant trackUntil = services().stream()
                .filter(service -> service.account().equals(account))
                .map(service -> now.plus(service.timeouts().tracking()))
                .findFirst()
                .orElse(now.plusMillis(configuration.getTrackingTimeout()));
        runtime.operatorService().release(new TaskKey(account, key), trackUntil);
        runtime.housekeeper().trigger();
    }

    /** The account that an operator means who names a key only. A ledger finds keys within accounts, so those are asked that are known. */
    private String onlyAccountOf(String key) {
        Set<String> known = new TreeSet<>(accounts.names());
        known.add(configuration.getAccount());
        List<String> having = known.stream()
                .filter(account -> runtime.ledger().find(account, key).isPresent())
                .toList();
        if (having.size() == 1) {
            return having.get(0);
        }
        throw new IllegalArgumentException(
                having.isEmpty()
                        ? "There is no task with key " + key + " in the accounts that this component knows ("
                                + String.join(", ", known)
                                + "). If it is of another account, name that as well: account, key"
                        : "Several accounts have a task with key " + key + " (" + String.join(", ", having)
                                + "). Nothing was changed. Name the account that is meant as well: account, key");
    }

    HttpClientFactory.Clients clients(SoraConfiguration options) throws Exception {
        return runtime.httpClients()
                .with(new HttpClientFactory.Settings(
                        options.base().value(),
                        options.getConnectTimeout(),
                        options.getResponseTimeout(),
                        sslContextParameters(options),
                        options.isAllowPrivateHosts(),
                        maxConcurrentDownloads));
    }

    /** How to secure the connections of an endpoint; null for the way of the http component. */
    SSLContextParameters sslContextParameters(SoraConfiguration options) {
        SSLContextParameters own = options.getSslContextParameters();
        return own != null ? own : retrieveGlobalSslContextParameters();
    }

    /** Who pays for what is in the ledger, also by other components of this context. */
    PayerRegistry payers() {
        return ledgers.payers();
    }

    AccountRegistry accounts() {
        return accounts;
    }

    /**
     * The services that tasks can be followed at: those of started endpoints, and the component's own, whose tasks may have
     * been submitted by an endpoint that starts with its first message.
     */
    private Collection<ServiceProfile> services() {
        Collection<ServiceProfile> services = accounts.services();
        if (ownService == null
                || accounts.find(ownService.account(), configuration.base().value())
                        .isPresent()) {
            return services;
        }
        return Stream.concat(services.stream(), Stream.of(ownService)).toList();
    }

    @SuppressWarnings("unchecked")
    private ProxyManager<String> buckets() {
        return (ProxyManager<String>) bucketProxyManager;
    }

    private ServiceProfile connectOwn() throws Exception {
        if (configuration.effectiveApiKey() == null) {
            return null;
        }
        SoraConfiguration own = configuration.copy();
        own.setOperation(SoraOperation.tasks);
        SoraEndpoint endpoint = new SoraEndpoint("sora:tasks", this, own);
        endpoint.setCamelContext(getCamelContext());
        endpoint.connect();
        return endpoint.service();
    }

    /** Wakes routes that take tasks. It outlives a restart of the component, as they do. */
    public DeliveryNotifier bell() {
        return notifier;
    }

    /** How long tasks take. It outlives a restart of the component: the service does not change by that. */
    DurationHistory history() {
        return history;
    }

    public SoraRuntime runtime() {
        return runtime;
    }

    public TaskLedger ledger() {
        return ledgers.ledger();
    }

    /**
     * The options that every endpoint starts from.
     *
     * @return the options
     */
    public SoraConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * The options that every endpoint starts from.
     *
     * @param configuration the options
     */
    public void setConfiguration(SoraConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * How many tasks may be open at once.
     *
     * @return the number of tasks
     */
    public int getMaxOpenTasks() {
        return maxOpenTasks;
    }

    /**
     * How many tasks may be open at once.
     *
     * @param maxOpenTasks the number of tasks
     */
    public void setMaxOpenTasks(int maxOpenTasks) {
        this.maxOpenTasks = maxOpenTasks;
    }

    /**
     * Who watches tasks.
     *
     * @return the listener; null for nobody
     */
    public TaskListener getTaskListener() {
        return taskListener;
    }

    /**
     * Who watches tasks.
     *
     * @param taskListener the listener
     */
    public void setTaskListener(TaskListener taskListener) {
        this.taskListener = taskListener;
    }

    /**
     * The ledger of one's own.
     *
     * @return the ledger; null for none
     */
    public TaskLedger getLedger() {
        return ledger;
    }

    /**
     * The ledger of one's own.
     *
     * @param ledger the ledger; null for none
     */
    public void setLedger(TaskLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * The database to keep the ledger in.
     *
     * @return the database; null for none
     */
    public DataSource getDataSource() {
        return dataSource;
    }

    /**
     * The database to keep the ledger in.
     *
     * @param dataSource the database; null for none
     */
    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The file to keep the ledger in.
     *
     * @return the path; null for none
     */
    public String getLedgerFile() {
        return ledgerFile;
    }

    /**
     * The file to keep the ledger in.
     *
     * @param ledgerFile the path; null for none
     */
    public void setLedgerFile(String ledgerFile) {
        this.ledgerFile = ledgerFile;
    }

    /**
     * Whether the tables of the ledger are created.
     *
     * @return true if so
     */
    public boolean isCreateTable() {
        return createTable;
    }

    /**
     * Whether the tables of the ledger are created.
     *
     * @param createTable true if so
     */
    public void setCreateTable(boolean createTable) {
        this.createTable = createTable;
    }

    /**
     * How long a JVM may be silent before others take over its tasks.
     *
     * @return the time, in milliseconds
     */
    public long getLeaseDuration() {
        return leaseDuration;
    }

    /**
     * How long a JVM may be silent before others take over its tasks.
     *
     * @param leaseDuration the time, in milliseconds
     */
    public void setLeaseDuration(long leaseDuration) {
        this.leaseDuration = leaseDuration;
    }

    /**
     * How long a key is remembered after its task was delivered.
     *
     * @return the time, in milliseconds
     */
    public long getKeepDelivered() {
        return keepDelivered;
    }

    /**
     * How long a key is remembered after its task was delivered.
     *
     * @param keepDelivered the time, in milliseconds
     */
    public void setKeepDelivered(long keepDelivered) {
        this.keepDelivered = keepDelivered;
    }

    /**
     * Where the buckets are that several JVMs share.
     *
     * @return the manager; null when they are not shared
     */
    public ProxyManager<?> getBucketProxyManager() {
        return bucketProxyManager;
    }

    /**
     * Where the buckets are that several JVMs share.
     *
     * @param bucketProxyManager the manager, whose keys are text; null for none
     */
    public void setBucketProxyManager(ProxyManager<?> bucketProxyManager) {
        this.bucketProxyManager = bucketProxyManager;
    }

    /**
     * How many videos are downloaded at once.
     *
     * @return the number of videos
     */
    public int getMaxConcurrentDownloads() {
        return maxConcurrentDownloads;
    }

    /**
     * How many videos are downloaded at once.
     *
     * @param maxConcurrentDownloads the number of videos
     */
    public void setMaxConcurrentDownloads(int maxConcurrentDownloads) {
        this.maxConcurrentDownloads = maxConcurrentDownloads;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
