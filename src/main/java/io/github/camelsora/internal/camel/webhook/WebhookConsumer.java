package io.github.camelsora.internal.camel.webhook;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.TaskHeaders;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.WebhookCompletionReceiver;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Result;
import io.github.camelsora.internal.webhook.WebhookEvent;
import io.github.camelsora.internal.webhook.WebhookRequest;
import io.github.camelsora.internal.webhook.WebhookVerifier;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code from("sora:webhook")}: receives the vendor's events. An event is answered when the ledger has what it says, and not
 * before; the route runs afterwards, on an exchange of its own that holds nothing of the request. That exchange is a notice:
 * the delivery goes to whoever waits for the task, or to {@code sora:tasks}.
 */
public final class WebhookConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookConsumer.class);

    /** What the vendor sends, for lists of what this runtime serves. */
    private static final String MEDIA_TYPE = "application/json";

    /** The signature says whose an event is, and the contract promises no media type: some senders and proxies drop it. */
    private static final String ANY_MEDIA_TYPE = null;

    private final SoraEndpoint endpoint;
    private final SoraConfiguration options;
    private final AtomicInteger pendingNotices = new AtomicInteger();
    private volatile WebhookVerifier verifier;
    private volatile ExecutorService notices;
    private Consumer server;

    public WebhookConsumer(SoraEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SoraComponent component = endpoint.getComponent();
        // By the ledger's clock, like all times here.
        verifier = new WebhookVerifier(
                options.webhookSecrets(), () -> component.runtime().ledger().now());
        RestConsumerFactory servers =
                new WebhookServerLocator(endpoint.getCamelContext()).locate(options.getHttpServerComponent());
        notices = component.runtime().pools().newNoticesPool(this, options.getConcurrentConsumers());
        try {
            server = servers.createConsumer(
                    endpoint.getCamelContext(),
                    this::receive,
                    "POST",
                    options.getWebhookPath(),
                    null,
                    ANY_MEDIA_TYPE,
                    null,
                    endpoint.getCamelContext().getRestConfiguration(),
                    new HashMap<>());
            ServiceHelper.startService(server);
        } catch (Exception e) {
            closeReceiver();
            throw WebhookServerLocator.startFailed(options.getWebhookPath(), e);
        }
        RestRegistryEntry.add(server, options.getWebhookPath(), MEDIA_TYPE, getRouteId());
        LOG.info("Webhooks of account '{}' are received at {}", options.getAccount(), options.getWebhookPath());
    }

    @Override
    protected void doSuspend() throws Exception {
        // The server answers 503 meanwhile, so that the vendor sends again.
        ServiceHelper.suspendService(server);
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        ServiceHelper.resumeService(server);
    }

    @Override
    protected void doStop() throws Exception {
        closeReceiver();
        super.doStop();
    }

    /** Takes no more events, and lets the notices of those that were taken run. Also after a start that came to nothing. */
    private void closeReceiver() {
        if (server != null) {
            RestRegistryEntry.remove(server);
            ServiceHelper.stopAndShutdownService(server);
            server = null;
        }
        if (notices != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(notices);
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** Notices of events that were answered, so that a stop lets them run. */
    @Override
    public int getPendingExchangesSize() {
        return pendingNotices.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to prepare: what counts is in the ledger.
    }

    private void receive(Exchange http) {
        WebhookResponse answer;
        try {
            answer = handle(http);
        } catch (RuntimeException | Error e) {
            LOG.warn("A webhook could not be written to the ledger; the vendor will send it again", e);
            answer = WebhookResponse.RETRY_LATER;
        }
        answer.writeTo(http.getMessage());
    }

    private WebhookResponse handle(Exchange http) {
        if (WebhookRequestReader.isForm(http.getMessage())) {
            LOG.debug("A form was sent to {}; events of the service are none", options.getWebhookPath());
            return WebhookResponse.FORM;
        }
        Optional<byte[]> body = WebhookRequestReader.read(http.getMessage(), options.getWebhookMaxPayloadSize());
        if (body.isEmpty()) {
            return WebhookResponse.TOO_LARGE;
        }
        WebhookRequest request = WebhookRequestReader.request(http.getMessage(), body.get());
        Optional<String> refusal = verifier.rejectionReason(request);
        if (refusal.isPresent()) {
            LOG.debug("A request at {} is not believed: {}", options.getWebhookPath(), refusal.get());
            return WebhookResponse.NOT_VERIFIED;
        }
        Optional<WebhookEvent> event = WebhookEvent.read(request.body(), options.base());
        if (event.isEmpty()) {
            LOG.warn("Webhook {} is genuine, but no JSON object", request.id());
            return WebhookResponse.NOT_VERIFIED;
        }
        if (record(request.id(), event.get()) == Result.RETRY_LATER) {
            LOG.info("Webhook {} came before the answer to its submit, and has to come again", request.id());
            return WebhookResponse.RETRY_LATER;
        }
        scheduleNotice(http, request.id(), event.get());
        return WebhookResponse.RECORDED;
    }

    /** Has the ledger know what an event says; throws when it cannot. */
    private Result record(String eventId, WebhookEvent event) {
        WebhookCompletionReceiver pushes = endpoint.getComponent().runtime().webhookCompletions();
        if (event.isTest()) {
            LOG.info("The vendor has tried the webhook at {} (event {}): it works", options.getWebhookPath(), eventId);
            return Result.UNKNOWN_TASK;
        }
        if (!event.reportsCompletion()) {
            LOG.info("Webhook {} of type '{}' tells of no end and goes to its route only", eventId, event.type());
            return Result.UNKNOWN_TASK;
        }
        Result receipt = event.isConsistentCompletion()
                ? pushes.completed(options.getAccount(), event.task())
                : pushes.hint(options.getAccount(), event.task());
        if (receipt == Result.UNKNOWN_TASK) {
            LOG.info(
                    "Webhook {} tells of task {}, which the ledger of account '{}' does not know; it goes to its route only",
                    eventId,
                    event.task().id(),
                    options.getAccount());
        }
        return receipt;
    }

    /** After the answer: the vendor waits ten seconds, and a route may take its time. */
    private void scheduleNotice(Exchange http, String eventId, WebhookEvent event) {
        pendingNotices.incrementAndGet();
        Runnable notice = () -> runInNoticesPool(() -> notice(eventId, event));
        if (http.getUnitOfWork() == null) {
            notice.run();
            return;
        }
        http.getUnitOfWork().addSynchronization(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange answered) {
                notice.run();
            }
        });
    }

    private void runInNoticesPool(Runnable notice) {
        try {
            notices.execute(notice);
        } catch (Throwable e) {
            pendingNotices.decrementAndGet();
            LOG.debug(
                    "The route stops, or there is no thread for it, so a notice is not given; its task is in the ledger",
                    e);
        }
    }

    private void notice(String eventId, WebhookEvent event) {
        AtomicBoolean isCounted = new AtomicBoolean(true);
        try {
            notice(eventId, event, () -> decrementOnce(isCounted));
        } catch (RuntimeException | Error e) {
            decrementOnce(isCounted);
            getExceptionHandler().handleException("A notice could not be given; its task is in the ledger", e);
        }
    }

    private void decrementOnce(AtomicBoolean isCounted) {
        if (isCounted.compareAndSet(true, false)) {
            pendingNotices.decrementAndGet();
        }
    }

    private void notice(String eventId, WebhookEvent event, Runnable whenDone) {
        Exchange exchange = createExchange(false);
        VideoTask task = event.task() == null ? null : TaskReader.resultMissing(event.task());
        exchange.getMessage().setBody(task);
        if (task != null) {
            TaskHeaders.write(exchange.getMessage(), task);
        }
        exchange.getMessage().setHeader(SoraConstants.EVENT_ID, eventId);
        exchange.getMessage().setHeader(SoraConstants.EVENT_TYPE, event.type());
        getAsyncProcessor().process(exchange, doneSync -> {
            whenDone.run();
            if (exchange.getException() != null) {
                getExceptionHandler().handleException("Error processing exchange", exchange, exchange.getException());
            }
            releaseExchange(exchange, false);
        });
    }
}
