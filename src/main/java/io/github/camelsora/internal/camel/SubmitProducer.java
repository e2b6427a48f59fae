package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.SubmitPlan.Effect;
import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.request.ExpiredSource;
import io.github.camelsora.internal.camel.request.RequestBodyParser;
import io.github.camelsora.internal.camel.request.RequestCheck;
import io.github.camelsora.internal.camel.request.RequestOptions;
import io.github.camelsora.internal.camel.request.RequestReader;
import io.github.camelsora.internal.camel.tasks.DeliveryExchange;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.models.ModelCatalog;
import io.github.camelsora.internal.models.RequestPrices;
import io.github.camelsora.internal.poll.StatusQueries.SeenTask;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.runtime.settings.SubmitSettings;
import io.github.camelsora.internal.submit.EarlierSubmits;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.trace.TraceContext;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * {@code sora:remix}, {@code sora:extend} and {@code sora:generate}: submits a request under a key, which is paid for, and
 * continues the exchange when the task is accepted or has ended (option waitForCompletion).
 */
public final class SubmitProducer extends SoraProducer {
    private final SubmitOperation operation;
    private RequestReader requests;
    private RequestCheck check;
    private ModelAvailability models;
    private RequestPrices prices;

    public SubmitProducer(SoraEndpoint endpoint, EndpointContext context, SubmitOperation operation) {
        super(endpoint, context);
        this.operation = operation;
    }

    private SubmitSettings submit() {
        return settings().service().submit();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        requests = new RequestReader(
                RequestOptions.of(getEndpoint().getCamelContext(), settings().message()));
        ModelCatalog catalog = context().modelCatalog();
        models = new ModelAvailability(context(), catalog);
        check = new RequestCheck(operation, catalog);
        prices = context().prices();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        models.start();
    }

    @Override
    protected void doProcess(Exchange exchange, AsyncCallback callback) {
        SubmitKeys keys = SubmitKeys.ofEarlierAttempt(exchange);
        try {
            String usersKey = requests.readKey(exchange);
            if (usersKey != null) {
                // Even if the request is invalid, an earlier one may have been paid for under this key.
                keys = keys.with(RedeliveryKey.ofUser(exchange, usersKey, null));
            }
            RemixRequest fields = requests.read(exchange);
            SubmitRequest request = check.toWire(fields, submit().validateRequest());
            keys = keys.with(key(exchange, usersKey, request));
            submit(exchange, callback, request, fields.videoId(), keys);
        } catch (RuntimeException e) {
            RuntimeException rejection = e instanceof SoraException reason ? explainRejection(keys, reason) : e;
            // Also after a rejection here, the next attempt must find what an earlier one has paid for.
            keys.recordEnd(exchange, rejection);
            TaskHeaders.removeAll(exchange.getMessage());
            throw rejection;
        } catch (Error e) {
            TaskHeaders.removeAll(exchange.getMessage());
            throw e;
        }
    }

    private RedeliveryKey key(Exchange exchange, String usersKey, SubmitRequest request) {
        if (usersKey != null) {
            return RedeliveryKey.ofUser(exchange, usersKey, request.fingerprint());
        }
        if (DeliveryExchange.isDelivery(exchange)) {
            throw RequestBodyParser.rejected(
                    "In a route that begins with sora:tasks a submit needs a request key: the task is redelivered when the route"
                            + " fails, and each redelivery would be paid for. Set requestKey, say"
                            + " ${header.CamelSoraTaskKey}-2, or the header CamelSoraRequestKey");
        }
        if (submit().requireRequestKey()) {
            throw RequestBodyParser.rejected(
                    "This endpoint requires a request key: as header CamelSoraRequestKey, or as option"
                            + " requestKey");
        }
        return RedeliveryKey.of(exchange, request.fingerprint());
    }

    private SoraException explainRejection(SubmitKeys keys, SoraException reason) {
        return keys.explainRejection(reason, context().account(), earlier());
    }

    private EarlierSubmits earlier() {
        return context().runtime().engine().submits.earlier();
    }

    private void submit(
            Exchange exchange, AsyncCallback callback, SubmitRequest request, String sourceId, SubmitKeys keys) {
        AsyncCallback recording = keys.recordEnd(
                exchange,
                callback,
                reason -> keys.explainFailure(reason, context().account(), earlier()));
        TaskLabels labels = readLabels(exchange, request, sourceId);
        SubmitCommand command = new SubmitCommand(
                new TaskKey(context().account(), keys.current().value()),
                request,
                context().service(),
                labels,
                settings().service().spend().of(prices.priceOf(request).orElse(null)),
                keys.current().isNew(),
                check.hasTraceId(request) ? TraceContext.traceId(labels.origin().traceContext()) : null,
                submit().storePrompt());
        Optional<String> expired = ExpiredSource.reason(
                exchange.getMessage(), request, context().runtime().ledger().now());
        if (submit().dryRun()) {
            SubmitPlan plan = plan(command, expired);
            resumeOnRoutePool(exchange, callback, () -> {
                exchange.getMessage().setBody(plan);
                return true;
            });
            return;
        }
        Optional<SoraException> obstacle = models.refusal(request)
                .<SoraException>map(reason -> modelUnavailable(reason, command.key()))
                .or(() -> expired.map(reason -> sourceExpired(reason, command.key())));
        // A task that was paid for is followed, even if its model or its source is no longer available.
        if (obstacle.isPresent() && (command.isNewKey() || !isKnown(command))) {
            throw obstacle.get();
        }
        models.warn(request);
        // They belong to an earlier task, and every option that may use them has been read.
        TaskHeaders.removeAll(exchange.getMessage());
        if (submit().minimumCredits() == 0 || isKnown(command)) {
            send(exchange, recording, command);
            return;
        }
        callService(() -> context().cachedBalance(keys.current().value()), exchange, recording, (e, c, balance) -> {
            // Another submit under the key may have been accepted meanwhile.
            if (!balance.covers(submit().minimumCredits()) && !isKnown(command)) {
                throw explainRejection(keys, insufficientCredits(balance, command.key()));
            }
            send(exchange, recording, command);
            return false;
        });
    }

    private TaskLabels readLabels(Exchange exchange, SubmitRequest request, String sourceId) {
        TaskLabels labels = RequestBodyParser.orReject(() -> readLabels(exchange));
        return labels.withOrigin(new TaskOrigin(
                sourceId,
                request.text("model").orElse(null),
                requests.readTenant(exchange),
                requests.readPriority(exchange),
                labels.origin().correlationId(),
                labels.origin().traceContext()));
    }

    private SubmitPlan plan(SubmitCommand command, Optional<String> expired) {
        SubmitPlan plan = context().runtime().engine().submits.planner().plan(command);
        return plan.effect() == Effect.SEND
                ? models.refusal(command.request())
                        .or(() -> expired)
                        .map(plan::refusedBy)
                        .orElse(plan)
                : plan;
    }

    private static ModelUnavailableException modelUnavailable(String reason, TaskKey key) {
        return new ModelUnavailableException(reason, new About(SubmitOutcome.NOT_SENT, key.key(), null), null);
    }

    private static ResultExpiredException sourceExpired(String reason, TaskKey key) {
        return new ResultExpiredException(
                reason
                        + ". Nothing was sent and nothing was paid. Query the task with sora:status: if the service still"
                        + " has its video, the answer has a new address.",
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                null);
    }

    private boolean isKnown(SubmitCommand command) {
        return earlier().isKnown(command.key());
    }

    private InsufficientCreditsException insufficientCredits(Balance balance, TaskKey key) {
        return new InsufficientCreditsException(
                "The account has " + balance.remainingCredits() + " credits left, fewer than minimumCredits ("
                        + submit().minimumCredits()
                        + "). Nothing was sent and nothing was paid.",
                new About(SubmitOutcome.NOT_SENT, key.key(), null),
                null);
    }

    private void send(Exchange exchange, AsyncCallback callback, SubmitCommand command) {
        Goal goal = submit().waitForCompletion() ? Goal.ENDED : Goal.ACCEPTED;
        context()
                .runtime()
                .engine()
                .submits
                .submit(
                        command,
                        goal,
                        claim -> newWaiter(
                                exchange, callback, claim, goal, (e, c, task) -> succeed(e, c, seen(task, claim))));
    }

    private SeenTask seen(VideoTask task, TaskClaim claim) {
        Supplier<PolledTask> running = () -> PolledTask.of(claim.record());
        return new SeenTask(
                task,
                context().runtime().engine().expectedEnds.of(task, running).orElse(null));
    }

    private static boolean succeed(Exchange exchange, AsyncCallback callback, SeenTask seen) {
        RequestReader.removeHeaders(exchange.getMessage());
        return setTaskAsBody(exchange, callback, seen);
    }
}
