package io.github.camelsora;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.camelsora.api.LedgerOperator;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.internal.camel.ComponentContext;
import io.github.camelsora.internal.camel.EndpointSettings;
import io.github.camelsora.internal.camel.option.LocaleSafeConfigurer;
import io.github.camelsora.internal.runtime.settings.ComponentSettings;
import io.github.camelsora.internal.runtime.settings.LedgerSettings;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The component behind {@code sora:}. It has the options that hold for all its endpoints, each described at its field. Times are
 * in milliseconds. Values are checked when the component starts.
 */
@Component("sora")
public class SoraComponent extends DefaultComponent implements SSLContextParametersAware {

    @Metadata(description = "The options that every endpoint starts from.")
    private SoraConfiguration configuration = new SoraConfiguration();

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "A ledger of your own, which stores each task that may have cost money. If ledger, dataSource "
                            + "and ledgerFile are not set, the ledger is in memory and does not survive a restart.")
    private TaskLedger ledger;

    @Metadata(
            description =
                    "The database that stores the ledger, H2 or PostgreSQL. JVMs with the same database share its "
                            + "tasks. It must not take part in the transactions of routes.")
    private DataSource dataSource;

    @Metadata(
            description =
                    "The file that stores the ledger of one JVM: the path of an embedded H2 database, without its "
                            + "ending .mv.db. It needs com.h2database:h2.")
    private String ledgerFile;

    @Metadata(
            label = "advanced",
            defaultValue = "true",
            description = "Whether the component creates the tables of the ledger, and alters them when a new version "
                    + "needs it. If false, the tables must exist.")
    private boolean createTable = true;

    @Metadata(
            label = "advanced",
            defaultValue = "100000",
            description =
                    "How many tasks may be open at once while the ledger is in memory. A further submit is rejected "
                            + "before it is sent. The components of a context share that ledger, and the largest number "
                            + "counts. A ledger in a database has no limit.")
    private int maxOpenTasks = 100_000;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30d",
            description =
                    "How long a key is remembered after the delivery of its task, so that it is not paid again. At "
                            + "least 72 hours, because the vendor sends webhooks for more than a day. The ledger in memory "
                            + "keeps at most maxOpenTasks keys.")
    private long keepDelivered = 2_592_000_000L;

    @Metadata(
            label = "advanced",
            defaultValue = "true",
            description =
                    "Whether the ledger keeps a history: one line for each change of a task's state and for each action "
                            + "of an operator. It costs at most one more statement a change.")
    private boolean recordHistory = true;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long a JVM may be silent before other JVMs take over its tasks. A JVM renews its lease "
                    + "three times within this time. The default tolerates a short outage of the database.")
    private long leaseDuration = 30_000;

    @Metadata(
            label = "advanced",
            description =
                    "The Bucket4j ProxyManager that stores the rate limits of accounts which several JVMs share. Its"
                            + " keys must be text. An example is that of bucket4j_jdk17-postgresql. If not set, each JVM has "
                            + "limits of its own.")
    private ProxyManager<?> bucketProxyManager;

    @Metadata(
            label = "advanced",
            defaultValue = "4",
            description = "How many videos are downloaded at the same time. Other downloads wait without a thread.")
    private int maxConcurrentDownloads = 4;

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "A listener that the component notifies of each task from its acceptance to its end, for example"
                            + " to show its progress.")
    private TaskListener taskListener;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether connections use the global TLS parameters of the Camel context.")
    private boolean useGlobalSslContextParameters;

    private final ComponentContext context = new ComponentContext();

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
        context.start(
                getCamelContext(),
                this,
                settings(),
                EndpointSettings.service(configuration, sslContextParameters(configuration)));
    }

    @SuppressWarnings("unchecked")
    private ComponentSettings settings() {
        return new ComponentSettings(
                new LedgerSettings(ledger, dataSource, ledgerFile, createTable, maxOpenTasks, recordHistory),
                Duration.ofMillis(leaseDuration),
                Duration.ofMillis(keepDelivered),
                maxConcurrentDownloads,
                taskListener == null ? task -> {} : taskListener,
                (ProxyManager<String>) bucketProxyManager);
    }

    @Override
    protected void doSuspend() throws Exception {
        context.runtime().suspend();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        context.runtime().resume();
    }

    @Override
    protected void doStop() throws Exception {
        context.stop(getCamelContext());
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        context.close();
    }

    /** What the endpoints share. */
    ComponentContext context() {
        return context;
    }

    /** The TLS parameters of an endpoint's connections; null for those of the http component. */
    SSLContextParameters sslContextParameters(SoraConfiguration options) {
        SSLContextParameters own = options.getSslContextParameters();
        return own != null ? own : retrieveGlobalSslContextParameters();
    }

    /**
     * The ledger that the component works with, whichever option it comes from.
     *
     * @return the ledger; null before the component has started
     */
    public TaskLedger ledger() {
        return context.ledger();
    }

    /**
     * What an operator can see of the ledger and do with it, as {@code sora:ledger} does.
     *
     * @return the commands; null before the component has started
     */
    public LedgerOperator operator() {
        return context.operator();
    }

    public SoraConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(SoraConfiguration configuration) {
        this.configuration = configuration;
    }

    public TaskLedger getLedger() {
        return ledger;
    }

    public void setLedger(TaskLedger ledger) {
        this.ledger = ledger;
    }

    public DataSource getDataSource() {
        return dataSource;
    }

    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public String getLedgerFile() {
        return ledgerFile;
    }

    public void setLedgerFile(String ledgerFile) {
        this.ledgerFile = ledgerFile;
    }

    public boolean isCreateTable() {
        return createTable;
    }

    public void setCreateTable(boolean createTable) {
        this.createTable = createTable;
    }

    public int getMaxOpenTasks() {
        return maxOpenTasks;
    }

    public void setMaxOpenTasks(int maxOpenTasks) {
        this.maxOpenTasks = maxOpenTasks;
    }

    public long getKeepDelivered() {
        return keepDelivered;
    }

    public void setKeepDelivered(long keepDelivered) {
        this.keepDelivered = keepDelivered;
    }

    public boolean isRecordHistory() {
        return recordHistory;
    }

    public void setRecordHistory(boolean recordHistory) {
        this.recordHistory = recordHistory;
    }

    public long getLeaseDuration() {
        return leaseDuration;
    }

    public void setLeaseDuration(long leaseDuration) {
        this.leaseDuration = leaseDuration;
    }

    public ProxyManager<?> getBucketProxyManager() {
        return bucketProxyManager;
    }

    public void setBucketProxyManager(ProxyManager<?> bucketProxyManager) {
        this.bucketProxyManager = bucketProxyManager;
    }

    public int getMaxConcurrentDownloads() {
        return maxConcurrentDownloads;
    }

    public void setMaxConcurrentDownloads(int maxConcurrentDownloads) {
        this.maxConcurrentDownloads = maxConcurrentDownloads;
    }

    public TaskListener getTaskListener() {
        return taskListener;
    }

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
