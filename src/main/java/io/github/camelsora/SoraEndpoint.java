package io.github.camelsora;

import io.github.camelsora.api.Balance;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.AwaitProducer;
import io.github.camelsora.internal.camel.BalanceProducer;
import io.github.camelsora.internal.camel.GenerateProducer;
import io.github.camelsora.internal.camel.RemixProducer;
import io.github.camelsora.internal.camel.StatusProducer;
import io.github.camelsora.internal.camel.download.DownloadProducer;
import io.github.camelsora.internal.camel.option.OptionCheck;
import io.github.camelsora.internal.camel.tasks.TasksConsumer;
import io.github.camelsora.internal.camel.tasks.TasksPollingConsumer;
import io.github.camelsora.internal.camel.webhook.WebhookConsumer;
import io.github.camelsora.internal.download.DownloadRules;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.poll.learned.LearnedPollSchedule;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.runtime.HttpClientFactory;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.time.TaskTimeouts;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.ToApisClient;
import io.github.camelsora.internal.track.TaskTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
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
public class SoraEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, MultipleConsumersSupport {

    @UriParam
    private final SoraConfiguration configuration;

    private volatile HttpClientFactory.Clients clients;
    private volatile ServiceProfile service;

    SoraEndpoint(String uri, SoraComponent component, SoraConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return switch (configuration.getOperation()) {
            case remix -> new RemixProducer(this);
            case generate -> new GenerateProducer(this);
            case status -> new StatusProducer(this);
            case await -> new AwaitProducer(this);
            case download -> new DownloadProducer(this);
            case balance -> new BalanceProducer(this);
            case tasks, webhook ->
                throw new IllegalArgumentException(
                        "'" + configuration.getOperation() + "' receives, so it is used in from(), not in to()");
        };
    }

    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        return switch (configuration.getOperation()) {
            case tasks -> new TasksPollingConsumer(this);
            case webhook ->
                throw new IllegalArgumentException(
                        "'webhook' is a server that receives events when they come, so it is used in from(), not in"
                                + " pollEnrich() or by a ConsumerTemplate; 'tasks' can be polled for what has ended");
            case remix, generate, status, await, download, balance ->
                throw new IllegalArgumentException("'" + configuration.getOperation()
                        + "' works on messages that a route sends to it, so it is used in to() or enrich(), not in"
                        + " pollEnrich() or by a ConsumerTemplate");
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
                TasksConsumer consumer = new TasksConsumer(this, processor);
                configureConsumer(consumer);
                consumer.setMaxMessagesPerPoll(configuration.getMaxMessagesPerPoll());
                yield consumer;
            }
            case webhook -> {
                WebhookConsumer consumer = new WebhookConsumer(this, processor);
                configureConsumer(consumer);
                yield consumer;
            }
            case remix, generate, status, await, download, balance ->
                throw new IllegalArgumentException("'" + configuration.getOperation()
                        + "' works on messages that a route sends to it, so it is used in to(), not in from()");
        };
    }

    /** Several routes may take tasks, each those of its tag. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        OptionCheck.check(configuration, getComponent().sslContextParameters(configuration));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // A split or multicast starts its branches before the context has started its components.
        ServiceHelper.startService(getComponent());
        if (configuration.getOperation().needsApiKey()) {
            getComponent().accounts().open(this, getComponent().payers());
            connect();
            getComponent().runtime().housekeeper().trigger();
        }
    }

    /** Takes connections from the component, which closes them when it stops and gives new ones when it starts again. */
    void connect() throws Exception {
        clients = getComponent().clients(configuration);
        service = new ServiceProfile(
                configuration.getAccount(),
                new ToApisClient(
                        configuration.base(), configuration.effectiveApiKey(), clients.submits(), clients.queries()),
                configuration.isSendRequestKey(),
                configuration.getCallbackUrl(),
                schedule(),
                limits());
        getComponent()
                .runtime()
                .rateLimiters()
                .of(configuration.getAccount(), configuration.base().value())
                .setLimits(configuration.rates());
    }

    private PollSchedule schedule() {
        FixedPollSchedule advice = new FixedPollSchedule(
                Duration.ofMillis(configuration.getPollInitialDelay()),
                Duration.ofMillis(configuration.getPollInterval()),
                () -> ThreadLocalRandom.current().nextLong());
        return switch (SoraPollSchedule.parse(configuration.getPollSchedule())) {
            case FIXED -> advice;
            case LEARNED -> new LearnedPollSchedule(advice, getComponent().history());
        };
    }

    private TaskTimeouts limits() {
        return new TaskTimeouts(
                Duration.ofMillis(configuration.getSubmitTimeout()),
                Duration.ofMillis(configuration.getCompletionTimeout()),
                Duration.ofMillis(configuration.getRecoveryTimeout()),
                Duration.ofMillis(configuration.getTrackingTimeout()));
    }

    @Override
    protected void doStop() throws Exception {
        if (configuration.getOperation().needsApiKey()) {
            getComponent().accounts().close(this);
        }
        super.doStop();
    }

    /** Asks the service once for a task; an end that is seen this way is a signal like any other. */
    public VideoTask see(String taskId) {
        return getComponent().runtime().tracker().questions().ask(service, taskId);
    }

    /** Asks the service once for a task, in its turn and without telling anybody. It holds the thread that long. */
    public VideoTask askInTurn(String taskId) {
        TaskTracker tracker = getComponent().runtime().tracker();
        FutureTask<VideoTask> question =
                new FutureTask<>(() -> tracker.questions().look(service, taskId));
        Instant now = getComponent().runtime().ledger().now();
        long patience = configuration.getResponseTimeout();
        tracker.queries()
                .queryLimiter(service)
                .acquire(
                        QueryLane.ROUTES,
                        now.toEpochMilli(),
                        question,
                        now.plusMillis(patience),
                        () -> question.cancel(false));
        try {
            // One for its turn, one for its answer.
            return question.get(2 * patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAsked(taskId, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SoraException said ? said : notAsked(taskId, e);
        } catch (TimeoutException | CancellationException e) {
            throw notAsked(taskId, e);
        }
    }

    private static SoraException notAsked(String taskId, Exception cause) {
        return new ServiceUnavailableException(
                "The service could not be asked for task " + taskId + " in time.", About.accepted(null, taskId), cause);
    }

    /** Under what limits this endpoint fetches files. */
    public DownloadRules downloadRules() {
        return new DownloadRules(
                !configuration.base().isSecure(),
                configuration.allowedHostList(),
                configuration.getMaxFileSize(),
                configuration.getMinimumBytesPerSecond(),
                Duration.ofMillis(configuration.getDownloadTimeout()),
                configuration.getFileExist(),
                configuration.isKeepBroken());
    }

    /** The balance, as it was known a moment ago, for a request of a key. */
    public Balance cachedBalance(String key) throws Exception {
        return getComponent().accounts().balance(this, key);
    }

    /** A submit by this endpoint. */
    public SubmitCommand submission(
            TaskKey key, SubmitRequest request, TaskLabels label, String tenant, boolean isNewKey) {
        return new SubmitCommand(key, configuration.getOperation().name(), request, service, label, tenant, isNewKey);
    }

    /** A submit that stands in the ledger, to be sent once more. */
    SubmitCommand submission(TaskRecord record) {
        return new SubmitCommand(
                TaskKey.of(record),
                record.operation(),
                SubmitRequest.read(record.request()),
                service,
                new TaskLabels(record.tag(), record.carriedHeaders()),
                "",
                false);
    }

    public HttpClientFactory.Clients clients() {
        return clients;
    }

    /** The service as this endpoint sees it; null until it has connected. */
    public ServiceProfile service() {
        return service;
    }

    public ToApisClient client() {
        return service.client();
    }

    @Override
    public SoraComponent getComponent() {
        return (SoraComponent) super.getComponent();
    }

    /**
     * The options of this endpoint.
     *
     * @return the options, those of the component included
     */
    public SoraConfiguration getConfiguration() {
        return configuration;
    }
}
