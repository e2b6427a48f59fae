package io.github.camelsora.internal.camel;

import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.SoraProducer.ResultHandler;
import io.github.camelsora.internal.track.TaskClaim;
import io.github.camelsora.internal.track.TaskWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exchange that waits for a task, and its claim on it. The claim ends with the exchange and not with the wait: a task
 * whose result was handed over is delivered only when the route has come to its end with it, and one that was not goes
 * back when no redelivery of this exchange can ask for it any more. Where that end cannot be seen, or does not come within
 * claimTimeout, the task is released: it may be delivered twice, and is never lost.
 */
public final class WaitingExchange extends SynchronizationAdapter implements TaskWaiter {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingExchange.class);

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final TaskClaim claim;
    private final Goal goal;
    private final ResultHandler<VideoTask> handler;
    private final Collection<WaitingExchange> waiting;
    private final Duration claimTimeout;
    private final String routeId;
    private volatile VideoTask result;
    private volatile boolean isLossReported;
    /** False when its unit of work had ended before it began to wait. */
    private final boolean isCompletionExpected;

    public WaitingExchange(
            Exchange exchange,
            AsyncCallback callback,
            TaskClaim claim,
            Goal goal,
            ResultHandler<VideoTask> handler,
            Collection<WaitingExchange> waiting,
            Duration claimTimeout) {
        this.exchange = exchange;
        this.callback = callback;
        this.claim = claim;
        this.goal = goal;
        this.handler = handler;
        this.waiting = waiting;
        this.claimTimeout = claimTimeout;
        this.routeId = ExchangeHelper.getAtRouteId(exchange);
        // Not by the unit of work, which an exchange inside enrich does not have.
        exchange.getExchangeExtension().addOnCompletion(this);
        this.isCompletionExpected = ExchangeCompletion.willBeNotified(exchange, this);
        waiting.add(this);
    }

    /** Ends the wait if it is in a route that stops; the exchange goes on and learns why. */
    public void cancelIfInRoute(String stoppingRouteId) {
        if (stoppingRouteId.equals(routeId)) {
            claim.park();
        }
    }

    @Override
    public void onReached(VideoTask task) {
        waiting.remove(this);
        boolean isOnItsWay = SoraProducer.resume(exchange, callback, () -> {
            TaskHeaders.write(exchange.getMessage(), task);
            if (goal == Goal.ENDED) {
                result = task;
                onHandedOver(task.id(), true);
            } else {
                // Fire and forget. Nobody here waits for the end, also if it has come meanwhile: who takes it is
                // elsewhere.
                claim.giveBack();
            }
            if (task.status().isFailure()) {
                throw failure(task);
            }
            return handler.handle(exchange, callback, task);
        });
        endClaimUnless(isOnItsWay);
    }

    @Override
    public void onFailed(SoraException reason) {
        waiting.remove(this);
        isLossReported = reason instanceof SubmissionUnknownException && reason.getOutcome() == SubmitOutcome.UNKNOWN;
        endClaimUnless(SoraProducer.resume(exchange, callback, () -> {
            SubmitOutcome outcome = reason.getOutcome();
            onHandedOver(reason.getTaskId(), outcome == SubmitOutcome.ACCEPTED || outcome == SubmitOutcome.UNKNOWN);
            throw reason;
        }));
    }

    @Override
    public void onNotStarted() {
        // The exchange may never complete.
        waiting.remove(this);
    }

    /** An exchange that broke off is never completed, and its task must not stay its own. */
    private void endClaimUnless(boolean isOnItsWay) {
        if (!isOnItsWay) {
            endClaim(false);
        }
    }

    /**
     * What there is to deliver is in the exchange now. From its completion it is known whether the route has taken it.
     *
     * @param isPaid whether there is, or may be, a task; without one there is nothing to deliver, and no completion to wait for
     */
    private void onHandedOver(String taskId, boolean isPaid) {
        if (!isPaid) {
            claim.giveBack();
            return;
        }
        boolean isSeen = isCompletionExpected && !claim.isOver() && ExchangeCompletion.willBeNotified(exchange, this);
        if (isSeen) {
            Instant since = Instant.now();
            claim.limit(claimTimeout, () -> timeOut(taskId, since));
            return;
        }
        claim.giveBack();
        LOG.warn(
                "Task {} (key {}) is handed to an exchange of route {} whose unit of work has ended before, as behind a"
                        + " timeout with shareUnitOfWork, so its completion cannot be seen. sora:tasks delivers the result,"
                        + " too, unless another exchange has taken it",
                taskId,
                claim.ref().key(),
                routeId);
    }

    private void timeOut(String taskId, Instant since) {
        if (claim.timeOut()) {
            LOG.warn(
                    "Task {} (key {}) is released: the exchange of route {} that was handed {} at {} has not completed within"
                            + " claimTimeout ({} s). Unless another exchange has taken its result, sora:tasks delivers it, and"
                            + " what the first exchange does from now on changes nothing in the ledger. Look behind the sora"
                            + " step for what holds or discards exchanges, such as a seda queue",
                    taskId,
                    claim.ref().key(),
                    routeId,
                    result != null ? "its result" : "the failure of its wait",
                    since,
                    claimTimeout.toSeconds());
        }
    }

    @Override
    public void onComplete(Exchange completed) {
        endClaim(result != null);
    }

    @Override
    public void onFailure(Exchange failed) {
        // The task's own failure is what there was to deliver, whatever the route made of it.
        endClaim(result != null && result.status().isFailure());
    }

    private void endClaim(boolean isDelivered) {
        // A branch that shares the unit of work of its parent may complete while it waits.
        waiting.remove(this);
        if (isDelivered) {
            claim.delivered();
        } else if (isLossReported) {
            claim.told();
        } else {
            claim.giveBack();
        }
    }

    /** What the end of a task without a video means to a route. */
    public static SoraException failure(VideoTask task) {
        return task.status() == TaskStatus.EXPIRED
                ? new ResultExpiredException(
                        "Task " + task.id()
                                + " has expired: the service no longer has its video. It cannot be had again.",
                        About.seen(task),
                        null)
                : new TaskFailedException(task);
    }
}
