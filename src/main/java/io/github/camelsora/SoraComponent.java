package io.github.camelsora;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.task.ForeignTasks;
import io.github.camelsora.task.MemoryTaskLedger;
import io.github.camelsora.task.Submitter;
import io.github.camelsora.task.TaskOperator;
import io.github.camelsora.task.TaskRef;
import io.github.camelsora.task.TaskTracker;
import io.github.camelsora.task.Ticker;
import io.github.camelsora.toapis.SubmitRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.spi.CamelEvent.RouteStoppingEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.Metadata;
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

    @Metadata(description = "The options that every endpoint starts from.")
    private SoraConfiguration configuration = new SoraConfiguration();

    @Metadata(
            label = "advanced",
            defaultValue = "100000",
            description = "How many tasks may be open at once. A submit beyond that is refused before it is sent.")
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

    private final EventNotifier parking = new Parking();
    private final Set<WaitingExchange> waiting = ConcurrentHashMap.newKeySet();
    private final SoraAccounts accounts = new SoraAccounts();
    private TaskLedger ledger;
    private SoraPools pools;
    private SoraHttpClients httpClients;
    private Ticker ticker;
    private TaskTracker tracker;
    private Submitter submitter;
    private ForeignTasks foreignTasks;
    private TaskOperator operator;

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
    protected void doInit() throws Exception {
        super.doInit();
        if (ledger == null) {
            // It outlives a restart of the component, which begins here: what it holds was paid for.
            ledger = new MemoryTaskLedger(InstantSource.system(), maxOpenTasks);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        String node = UUID.randomUUID().toString();
        httpClients = new SoraHttpClients(getCamelContext());
        pools = new SoraPools(getCamelContext(), this);
        ticker = new Ticker(InstantSource.system());
        TaskListener listener = taskListener == null ? task -> {} : taskListener;
        tracker = new TaskTracker(ledger, ticker, pools.http(), pools.routes(), node, listener);
        submitter = new Submitter(ledger, tracker, ticker, pools.http(), node);
        foreignTasks = new ForeignTasks(ledger, tracker, node);
        operator = new TaskOperator(ledger, tracker, submitter);
        pools.ticker().execute(ticker);
        for (SoraEndpoint endpoint : accounts.endpoints()) {
            endpoint.connect();
        }
        getCamelContext().getManagementStrategy().addEventNotifier(parking);
    }

    @Override
    protected void doStop() throws Exception {
        getCamelContext().getManagementStrategy().removeEventNotifier(parking);
        park();
        ticker.stop();
        List<Runnable> unanswered = pools.stop(submitter.isSending());
        httpClients.stop();
        // Exchanges wait for their ends. Without connections each fails at once, in words.
        unanswered.forEach(Runnable::run);
        super.doStop();
    }

    private void park() {
        submitter.park();
        tracker.park(submitter::isSending);
    }

    /**
     * Ends waits while the routes can still react: all of them when the context begins to stop, those of one route when it
     * stops alone. Not when a producer stops, which also happens to one that a cache has no room for.
     */
    private final class Parking extends SimpleEventNotifierSupport {
        @Override
        public boolean isEnabled(CamelEvent event) {
            return event instanceof CamelContextStoppingEvent || event instanceof RouteStoppingEvent;
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof RouteStoppingEvent stopping) {
                String routeId = stopping.getRoute().getRouteId();
                waiting.forEach(exchange -> exchange.parkIn(routeId));
            } else {
                park();
            }
        }
    }

    /** The exchanges that wait, or have waited and are not done. */
    Set<WaitingExchange> waiting() {
        return waiting;
    }

    /**
     * Pays for a request once more under its key, because its task has failed or was never accepted. An endpoint of its
     * account must be started. Nobody waits for it; a later submit under the same key does.
     *
     * @param key the key within the component's account
     * @throws IllegalArgumentException if there is no such key, or paying again would be wrong
     */
    @ManagedOperation(description = "Pays for a failed or refused request once more, under its key")
    public void retry(String key) {
        operator.retry(ref(key), record -> accounts.find(record.account(), record.baseUrl())
                .orElseThrow(() -> new IllegalArgumentException("No route of account '" + record.account() + "' at "
                        + record.baseUrl() + " is started, so there is no API key to pay with"))
                .submission(ref(key), record.operation(), SubmitRequest.read(record.request())));
    }

    /**
     * Removes the record of a key: the next submit under it is paid for. Refused while its task runs.
     *
     * @param key the key within the component's account
     * @throws IllegalArgumentException if there is no such key, or its task runs
     */
    @ManagedOperation(description = "Forgets a key, so that the next request under it is paid for")
    public void forget(String key) {
        operator.forget(ref(key));
    }

    private TaskRef ref(String key) {
        return new TaskRef(configuration.getAccount(), key);
    }

    SoraHttpClients.Clients clients(SoraConfiguration options) throws Exception {
        return httpClients.with(new SoraHttpClients.Settings(
                options.base().value(),
                options.getConnectTimeout(),
                options.getResponseTimeout(),
                sslContextParameters(options)));
    }

    /** How to secure the connections of an endpoint; null for the way of the http component. */
    SSLContextParameters sslContextParameters(SoraConfiguration options) {
        SSLContextParameters own = options.getSslContextParameters();
        return own != null ? own : retrieveGlobalSslContextParameters();
    }

    SoraAccounts accounts() {
        return accounts;
    }

    SoraPools pools() {
        return pools;
    }

    TaskTracker tracker() {
        return tracker;
    }

    ForeignTasks foreignTasks() {
        return foreignTasks;
    }

    Submitter submitter() {
        return submitter;
    }

    TaskLedger ledger() {
        return ledger;
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

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
