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
import io.github.camelsora.internal.trace.TaskScope;
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
 * An exchange that waits for a task, and its claim on it. The claim ends with the exchange, not with the wait: a result counts
 * as delivered only when the exchange completes, and a claim without a result is released only when no redelivery of this
 * exchange can ask for the task any more. If Camel does not report the completion, or it does not come within claimTimeout, the
 * claim is released: the task may be delivered twice, and is never lost.
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
    /** False when its unit of work had ended before the wait began. */
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
        // Not with the unit of work: an exchange inside enrich has none.
        exchange.getExchangeExtension().addOnCompletion(this);
        this.isCompletionExpected = ExchangeCompletion.willBeNotified(exchange, this);
        waiting.add(this);
    }

    /** Ends the wait with WaitParkedException if it is in a route that stops. */
    public void cancelIfInRoute(String stoppingRouteId) {
        if (stoppingRouteId.equals(routeId)) {
            claim.endWait();
        }
    }

    @Override
    public void onReached(VideoTask task) {
        waiting.remove(this);
        boolean isContinued = SoraProducer.resume(exchange, callback, () -> {
            try (TaskScope scope = TaskScope.of(task)) {
                return hand(task);
            }
        });
        endClaimUnless(isContinued);
    }

    private boolean hand(VideoTask task) throws Exception {
        TaskHeaders.write(exchange.getMessage(), task);
        if (goal == Goal.ENDED) {
            result = task;
            onHandedOver(task.id(), true);
        } else {
            // Fire and forget: the result is delivered elsewhere, even if it is known already.
            claim.release();
        }
        if (task.status().isFailure()) {
            throw failure(task);
        }
        return handler.handle(exchange, callback, task);
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

    /** An exchange whose route threw past Camel never completes, and must not keep its claim. */
    private void endClaimUnless(boolean isContinued) {
        if (!isContinued) {
            endClaim(false);
        }
    }

    /**
     * The exchange holds the result or the failure now; its completion tells whether the route has processed it.
     *
     * @param isPaid whether there is, or may be, a task; if not, there is nothing to deliver and the claim is released
     */
    private void onHandedOver(String taskId, boolean isPaid) {
        if (!isPaid) {
            claim.release();
            return;
        }
        boolean isSeen = isCompletionExpected && !claim.isOver() && ExchangeCompletion.willBeNotified(exchange, this);
        if (isSeen) {
            Instant since = Instant.now();
            claim.limit(claimTimeout, () -> timeOut(taskId, since));
            return;
        }
        claim.release();
        LOG.warn(
                "Task {} (key {}) was passed to an exchange of route {} whose unit of work has ended already, say behind a"
                        + " timeout with shareUnitOfWork, so its completion will not be reported. sora:tasks delivers the"
                        + " result, too, unless another exchange completes with it",
                taskId,
                claim.key().key(),
                routeId);
    }

    private void timeOut(String taskId, Instant since) {
        if (claim.timeOut()) {
            LOG.warn(
                    "Task {} (key {}) is released: the exchange of route {} that received {} at {} has not completed within"
                            + " claimTimeout ({} s). Unless another exchange completes with its result, sora:tasks delivers"
                            + " it, and the first exchange no longer changes the ledger. Check the route behind the sora"
                            + " step for a step that holds or discards exchanges, such as a seda queue",
                    taskId,
                    claim.key().key(),
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
        // The task's own failure was the result to deliver, so it counts as delivered.
        endClaim(result != null && result.status().isFailure());
    }

    private void endClaim(boolean isDelivered) {
        // A branch that shares its parent's unit of work may complete while it waits.
        waiting.remove(this);
        if (isDelivered) {
            claim.delivered();
        } else if (isLossReported) {
            claim.lossReported();
        } else {
            claim.release();
        }
    }

    /** The exception for a task that has ended without a video. */
    public static SoraException failure(VideoTask task) {
        return task.status() == TaskStatus.EXPIRED
                ? new ResultExpiredException(
                        "Task " + task.id()
                                + " has expired: the service no longer has its video, and it cannot be recovered.",
                        About.seen(task),
                        null)
                : new TaskFailedException(task);
    }
}
