package io.github.camelsora.internal.camel.webhook;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.camel.webhook.EventNotices.Notice;
import io.github.camelsora.internal.runtime.settings.WebhookSettings;
import io.github.camelsora.internal.trace.TaskScope;
import io.github.camelsora.internal.track.WebhookCompletionReceiver;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Receipt;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Result;
import io.github.camelsora.internal.webhook.WebhookEvent;
import io.github.camelsora.internal.webhook.WebhookRequest;
import io.github.camelsora.internal.webhook.WebhookVerifier;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code from("sora:webhook")}: receives the vendor's events. An event is recorded in the ledger before it is answered, and the
 * route runs afterwards, see {@link EventNotices}.
 */
public final class WebhookConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookConsumer.class);

    /** The vendor's media type, for the REST registry. */
    private static final String MEDIA_TYPE = "application/json";

    /** The signature verifies an event, and the contract promises no media type: some proxies drop it. */
    private static final String ANY_MEDIA_TYPE = null;

    private final EndpointContext context;
    private final WebhookSettings settings;
    private final WebhookMeters meters;
    private final EventNotices notices = new EventNotices(this);
    private volatile WebhookVerifier verifier;
    private Consumer server;

    public WebhookConsumer(SoraEndpoint endpoint, EndpointContext context, Processor processor) {
        super(endpoint, processor);
        this.context = context;
        this.meters = new WebhookMeters(context);
        this.settings = context.settings().webhook();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // The ledger's clock, as for all times.
        verifier = new WebhookVerifier(
                settings.secrets(), () -> context.runtime().ledger().now());
        RestConsumerFactory servers =
                new WebhookServerLocator(getEndpoint().getCamelContext()).locate(settings.httpServer());
        notices.open(context.runtime()
                .pools()
                .newNoticesPool(this, context.settings().delivery().concurrentConsumers()));
        try {
            server = servers.createConsumer(
                    getEndpoint().getCamelContext(),
                    this::receive,
                    "POST",
                    settings.path(),
                    null,
                    ANY_MEDIA_TYPE,
                    null,
                    getEndpoint().getCamelContext().getRestConfiguration(),
                    new HashMap<>());
            ServiceHelper.startService(server);
        } catch (Exception e) {
            closeReceiver();
            throw WebhookServerLocator.startFailed(settings.path(), e);
        }
        RestRegistryEntry.add(server, settings.path(), MEDIA_TYPE, getRouteId());
        LOG.info("Webhooks of account '{}' are received at {}", context.account(), settings.path());
    }

    @Override
    protected void doSuspend() throws Exception {
        // A suspended server answers 503, so that the vendor sends again.
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

    /** Stops the server, and lets queued notices run. Also used after a failed start. */
    private void closeReceiver() {
        if (server != null) {
            RestRegistryEntry.remove(server);
            ServiceHelper.stopAndShutdownService(server);
            server = null;
        }
        notices.close();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** The number of queued notices, so that a stop waits for them. */
    @Override
    public int getPendingExchangesSize() {
        return notices.pending();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to prepare: the events are in the ledger.
    }

    private void receive(Exchange http) {
        WebhookResponse answer;
        try {
            answer = handle(http);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "A webhook could not be recorded in the ledger; it is answered with 503, so the vendor sends it again",
                    e);
            answer = WebhookResponse.RETRY_LATER;
            meters.failed();
        }
        answer.writeTo(http.getMessage());
    }

    private WebhookResponse handle(Exchange http) {
        if (WebhookRequestReader.isForm(http.getMessage())) {
            LOG.debug("A form was sent to {} and is rejected; the service sends no forms", settings.path());
            return meters.rejected(WebhookResponse.FORM);
        }
        Optional<byte[]> body = WebhookRequestReader.read(http.getMessage(), settings.maxPayloadSize());
        if (body.isEmpty()) {
            return meters.rejected(WebhookResponse.TOO_LARGE);
        }
        WebhookRequest request = WebhookRequestReader.request(http.getMessage(), body.get());
        Optional<String> reason = verifier.rejectionReason(request);
        if (reason.isPresent()) {
            LOG.debug("A request at {} is rejected: {}", settings.path(), reason.get());
            return meters.rejected(WebhookResponse.NOT_VERIFIED);
        }
        Optional<WebhookEvent> event = WebhookEvent.read(
                request.body(), context.settings().service().connection().baseUrl());
        if (event.isEmpty()) {
            LOG.warn("Webhook {} is rejected: its signature is valid, but its body is not a JSON object", request.id());
            return meters.rejected(WebhookResponse.NOT_VERIFIED);
        }
        Instant arrival = context.runtime().ledger().now();
        Receipt receipt = record(request.id(), event.get());
        meters.handled(receipt, arrival);
        if (receipt.result() == Result.RETRY_LATER) {
            LOG.debug(
                    "Webhook {} came before the answer to its submit; it is answered with 503, so the vendor sends it again",
                    request.id());
            return WebhookResponse.RETRY_LATER;
        }
        notices.schedule(http, new Notice(request.id(), event.get().type(), receipt.task(), receipt.traceContext()));
        return WebhookResponse.ACCEPTED;
    }

    /** Records an event in the ledger; throws when the ledger fails. */
    private Receipt record(String eventId, WebhookEvent event) {
        if (event.task() == null) {
            return recordInScope(eventId, event);
        }
        try (TaskScope scope = TaskScope.of(event.task())) {
            return recordInScope(eventId, event);
        }
    }

    private Receipt recordInScope(String eventId, WebhookEvent event) {
        WebhookCompletionReceiver completions = context.runtime().engine().webhookCompletions;
        if (event.isTest()) {
            LOG.info(
                    "A test event of the vendor has arrived at {} (event {}): the webhook works",
                    settings.path(),
                    eventId);
            return new Receipt(Result.NOT_APPLIED, event.task());
        }
        if (!event.reportsCompletion()) {
            LOG.debug(
                    "Webhook {} of type '{}' reports no completion and goes to its route only", eventId, event.type());
            return new Receipt(Result.NOT_APPLIED, event.task());
        }
        Receipt receipt = event.isConsistentCompletion()
                ? completions.completed(context.account(), event.task())
                : new Receipt(completions.hint(context.account(), event.task()), event.task());
        if (receipt.result() == Result.UNKNOWN_TASK) {
            LOG.debug(
                    "Webhook {} reports task {}, which is not in the ledger of account '{}'; it goes to its route only",
                    eventId,
                    event.task().id(),
                    context.account());
        } else if (receipt.result() == Result.NOT_APPLIED) {
            LOG.info(
                    "Webhook {} reports task {}, but contradicts itself or the record of its task; the ledger stays as it is,"
                            + " and the webhook goes to its route only",
                    eventId,
                    event.task().id());
        }
        return receipt;
    }
}
