package io.github.camelsora;

import io.github.camelsora.internal.camel.AwaitProducer;
import io.github.camelsora.internal.camel.BalanceProducer;
import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.camel.EndpointSettings;
import io.github.camelsora.internal.camel.EndpointUse;
import io.github.camelsora.internal.camel.ModelsProducer;
import io.github.camelsora.internal.camel.StatusProducer;
import io.github.camelsora.internal.camel.SubmitProducer;
import io.github.camelsora.internal.camel.download.DownloadProducer;
import io.github.camelsora.internal.camel.operator.LedgerProducer;
import io.github.camelsora.internal.camel.tasks.TasksConsumer;
import io.github.camelsora.internal.camel.tasks.TasksPollingConsumer;
import io.github.camelsora.internal.camel.webhook.WebhookConsumer;
import io.github.camelsora.internal.spend.CreditPrices;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.toapis.SubmitOperation;
import java.util.Map;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Remix Sora videos with ToAPIs: submit, wait for the result without holding a thread, download it.
 */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "sora",
        title = "Sora",
        syntax = "sora:operation",
        category = {Category.AI, Category.CLOUD},
        headersClass = SoraConstants.class)
public class SoraEndpoint extends ScheduledPollEndpoint
        implements AsyncEndpoint, MultipleConsumersSupport, EndpointServiceLocation {

    @UriParam
    private final SoraConfiguration configuration;

    private volatile EndpointContext context;

    SoraEndpoint(String uri, SoraComponent component, SoraConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return switch (configuration.getOperation()) {
            case remix -> new SubmitProducer(this, context, SubmitOperation.REMIX);
            case extend -> new SubmitProducer(this, context, SubmitOperation.EXTEND);
            case generate -> new SubmitProducer(this, context, SubmitOperation.GENERATE);
            case status -> new StatusProducer(this, context);
            case await -> new AwaitProducer(this, context);
            case download -> new DownloadProducer(this, context);
            case balance -> new BalanceProducer(this, context);
            case models -> new ModelsProducer(this, context);
            case ledger -> new LedgerProducer(this, context);
            case tasks, webhook -> throw EndpointUse.TO.rejected(configuration.getOperation());
        };
    }

    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        return switch (configuration.getOperation()) {
            case tasks -> new TasksPollingConsumer(this, context);
            case webhook, remix, extend, generate, status, await, download, balance, models, ledger ->
                throw EndpointUse.POLL.rejected(configuration.getOperation());
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (processor instanceof EventDrivenPollingConsumer) {
            // It queues what it is given, up to a thousand tasks, and each would count as delivered.
            throw new IllegalArgumentException("'" + configuration.getOperation()
                    + "' is not polled by way of a queue in memory: use createPollingConsumer() of its endpoint");
        }
        return switch (configuration.getOperation()) {
            case tasks -> {
                TasksConsumer consumer = new TasksConsumer(this, context, processor);
                configureConsumer(consumer);
                consumer.setMaxMessagesPerPoll(configuration.getMaxMessagesPerPoll());
                yield consumer;
            }
            case webhook -> {
                WebhookConsumer consumer = new WebhookConsumer(this, context, processor);
                configureConsumer(consumer);
                yield consumer;
            }
            case remix, extend, generate, status, await, download, balance, models, ledger ->
                throw EndpointUse.FROM.rejected(configuration.getOperation());
        };
    }

    /** Several routes may take tasks, each those of its tag. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    /** The address of the service; null for an operation that does not call it. */
    @Override
    public String getServiceUrl() {
        return configuration.getOperation().needsApiKey()
                ? BaseUrl.parse(configuration.getBaseUrl()).value()
                : null;
    }

    @Override
    public String getServiceProtocol() {
        return "http";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of(
                "operation", configuration.getOperation().name(),
                "account", configuration.getAccount());
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        context = newContext();
    }

    private EndpointContext newContext() {
        SSLContextParameters ssl = getComponent().sslContextParameters(configuration);
        return new EndpointContext(
                getComponent().context(),
                EndpointSettings.of(configuration, ssl),
                CreditPrices.parse(getComponent().getConfiguration().getCreditPrices()));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // A split or multicast starts its branches before the context has started its components.
        ServiceHelper.startService(getComponent());
        context.open();
    }

    @Override
    protected void doStop() throws Exception {
        context.close();
        super.doStop();
    }

    /** What the producers and consumers of this endpoint work with; null before its options are checked. */
    EndpointContext context() {
        return context;
    }

    @Override
    public SoraComponent getComponent() {
        return (SoraComponent) super.getComponent();
    }

    /**
     * The options of this endpoint. A change after the endpoint is initialized has no effect.
     *
     * @return the options, those of the component included
     */
    public SoraConfiguration getConfiguration() {
        return configuration;
    }
}
