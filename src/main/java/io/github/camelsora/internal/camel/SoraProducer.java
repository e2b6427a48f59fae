package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.camel.option.OptionExpression;
import io.github.camelsora.internal.camel.request.CarriedHeadersReader;
import io.github.camelsora.internal.camel.request.TextCheck;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.poll.StatusQueries.SeenTask;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.ratelimit.RateLimiter;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskWaiter;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Base of all producers: asynchronous, so that no call and no wait holds the calling thread. */
public abstract class SoraProducer extends DefaultAsyncProducer {
    /** So that a key that is derived from it fits into the ledger's column. */
    private static final int LONGEST_ID = 400;

    /** Not NOTHING_SENT: an earlier step may have paid for a task that is not known here. */
    private static final About NO_TASK_KNOWN = new About(SubmitOutcome.UNKNOWN, null, null);

    private final EndpointContext context;
    private final EndpointSettings settings;
    private CarriedHeadersReader labels;

    protected SoraProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint);
        this.context = context;
        this.settings = context.settings();
    }

    /** Handles the answer to a query, or the task that was awaited. */
    @FunctionalInterface
    public interface ResultHandler<T> {
        /**
         * Handles the result, on a thread of the route pool. An exception becomes that of the exchange.
         *
         * @return true when the exchange can continue at once; false when the handler calls the callback itself, later
         */
        boolean handle(Exchange exchange, AsyncCallback callback, T result) throws Exception;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        labels = new CarriedHeadersReader(
                expression("tag"),
                expression("correlationId"),
                settings.message().carryHeaders());
    }

    /** Starts the operation. An exception thrown here becomes that of the exchange. */
    protected abstract void doProcess(Exchange exchange, AsyncCallback callback) throws Exception;

    @Override
    public final boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            doProcess(exchange, callback);
            return false;
        } catch (Throwable e) {
            // Errors, too, say of an expression or a converter.
            fail(exchange, e);
            callback.done(true);
            return true;
        }
    }

    /**
     * Reads the labels of a message. Its correlation id is set as header at once, so that a failure has it, too.
     *
     * @throws IllegalArgumentException if a label cannot be stored; the caller makes the message of the reason
     */
    TaskLabels readLabels(Exchange exchange) {
        TaskLabels read = labels.read(exchange);
        exchange.getMessage()
                .setHeader(SoraConstants.CORRELATION_ID, read.origin().correlationId());
        return read;
    }

    protected final EndpointContext context() {
        return context;
    }

    protected final EndpointSettings settings() {
        return settings;
    }

    /** Creates the expression of an option. */
    protected final OptionExpression expression(String option) {
        return settings.message().expression(getEndpoint().getCamelContext(), option);
    }

    /** The id of the message's task: from a VideoTask body, else the header, else the option. */
    public String taskId(Exchange exchange) {
        String id = exchange.getMessage().getBody() instanceof VideoTask task
                ? task.id()
                : exchange.getMessage()
                        .getHeader(SoraConstants.TASK_ID, settings.message().taskId(), String.class);
        if (!BaseUrl.isId(id)) {
            throw new BadRequestException(
                    "sora:" + settings.operation()
                            + " needs the id of a task: as the body of an earlier step "
                            + "(VideoTask), as header CamelSoraTaskId, or as option taskId. Nothing was queried. A task that"
                            + " an earlier step has submitted was paid for and continues: find its id, and do not submit it"
                            + " again.",
                    NO_TASK_KNOWN,
                    null);
        }
        return id;
    }

    /** Queries a task once, without holding the calling thread. */
    public void query(String taskId, Exchange exchange, AsyncCallback callback, ResultHandler<SeenTask> handler) {
        // Whatever the answer, the task may have been paid for.
        callService(About.accepted(null, taskId), () -> context.see(taskId), exchange, callback, handler);
    }

    /** Calls the service on a thread of the HTTP pool, and handles the answer on one of the route pool. */
    <T> void callService(Callable<T> call, Exchange exchange, AsyncCallback callback, ResultHandler<T> handler) {
        callService(About.NOTHING_SENT, call, exchange, callback, handler);
    }

    /** Runs a call that may wait for the ledger on a thread of the HTTP pool, and handles the answer on one of the route pool. */
    protected final <T> void runBlocking(
            Callable<T> call, Exchange exchange, AsyncCallback callback, ResultHandler<T> handler) {
        context.runtime().pools().http().execute(() -> {
            Callable<T> answer = runNow(call);
            resumeOnRoutePool(exchange, callback, () -> handler.handle(exchange, callback, answer.call()));
        });
    }

    private <T> void callService(
            About about, Callable<T> call, Exchange exchange, AsyncCallback callback, ResultHandler<T> handler) {
        Instant now = context.runtime().ledger().now();
        RateLimiter limiter = context.runtime().engine().queries.queryLimiter(context.service());
        limiter.acquire(
                QueryLane.ROUTES,
                now.toEpochMilli(),
                () -> {
                    Callable<T> answer = runNow(call);
                    resumeOnRoutePool(exchange, callback, () -> handler.handle(exchange, callback, answer.call()));
                },
                now.plus(settings.service().connection().responseTimeout()),
                () -> resumeOnRoutePool(exchange, callback, () -> {
                    throw noPermit(about, limiter.expectedWait());
                }));
    }

    private RateLimitedException noPermit(About about, Duration expectedWait) {
        return new RateLimitedException(
                "sora:" + settings.operation()
                        + " got no permit of the account's rate limit within responseTimeout;"
                        + " the service may have asked to wait. Nothing was sent; try again in about "
                        + expectedWait.toSeconds() + " s.",
                about,
                expectedWait);
    }

    /** Waits for the completion of a task, without holding a thread. */
    public void await(String taskId, Exchange exchange, AsyncCallback callback, ResultHandler<VideoTask> handler) {
        String fault =
                taskId.length() > LONGEST_ID ? "is longer than " + LONGEST_ID + " characters" : TextCheck.fault(taskId);
        if (fault != null) {
            throw badRequest(
                    "Task " + taskId + " cannot be awaited, because its id " + fault,
                    About.accepted(null, taskId),
                    null);
        }
        context.runtime()
                .engine()
                .importer
                .await(
                        taskId,
                        context.service(),
                        labelOf(taskId, exchange),
                        claim -> newWaiter(exchange, callback, claim, Goal.ENDED, handler));
    }

    private TaskLabels labelOf(String taskId, Exchange exchange) {
        try {
            return readLabels(exchange);
        } catch (IllegalArgumentException e) {
            throw badRequest(e.getMessage(), About.accepted(null, taskId), e);
        }
    }

    /** The exception for an invalid step on an existing task, which was paid for before. */
    public static BadRequestException badRequest(String reason, About about, Exception cause) {
        return new BadRequestException(
                reason + ". Nothing was sent by this step. Task " + about.taskId()
                        + " was paid for and continues: correct this step and run it again, and do not submit the task again.",
                about,
                cause);
    }

    /** Creates the waiter of an exchange. */
    TaskWaiter newWaiter(
            Exchange exchange, AsyncCallback callback, TaskClaim claim, Goal goal, ResultHandler<VideoTask> handler) {
        return new WaitingExchange(
                exchange,
                callback,
                claim,
                goal,
                handler,
                context.waiting(),
                settings.delivery().claimTimeout());
    }

    /** Sets the task as the body, with its headers. */
    static boolean setTaskAsBody(Exchange exchange, AsyncCallback callback, SeenTask seen) {
        TaskHeaders.write(exchange.getMessage(), seen);
        exchange.getMessage().setBody(seen.task());
        return true;
    }

    /** Continues an exchange on a thread of the route pool. */
    public void resumeOnRoutePool(Exchange exchange, AsyncCallback callback, Callable<Boolean> step) {
        context.runtime().routes().execute(() -> resume(exchange, callback, step));
    }

    /**
     * Runs a step and continues the exchange on this thread, unless the step does so itself later.
     *
     * @return false when the rest of the route has thrown an error past Camel, so that the exchange never completes
     */
    static boolean resume(Exchange exchange, AsyncCallback callback, Callable<Boolean> step) {
        boolean isDone = true;
        try {
            isDone = step.call();
        } catch (Throwable e) {
            fail(exchange, e);
        }
        return !isDone
                || GuardedCall.run(
                        "The rest of the route for exchange " + exchange.getExchangeId(), () -> callback.done(false));
    }

    /** Ends an exchange with an exception, which its headers describe, too. */
    static void fail(Exchange exchange, Throwable reason) {
        if (reason instanceof SoraException failure) {
            GuardedCall.run("Setting headers", () -> TaskHeaders.write(exchange.getMessage(), failure));
        }
        if (reason instanceof WaitParkedException) {
            // A redelivery delay would hold up the stop. The redelivery fails at once, too.
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 0L);
        }
        exchange.setException(reason);
    }

    /** Runs an action now; the returned callable returns its result or throws its exception. */
    static <T> Callable<T> runNow(Callable<T> action) {
        FutureTask<T> result = new FutureTask<>(action);
        result.run();
        return () -> {
            try {
                return result.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        };
    }
}
