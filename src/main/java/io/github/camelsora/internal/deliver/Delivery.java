package io.github.camelsora.internal.deliver;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.time.Backoff;
import io.github.camelsora.internal.toapis.TaskJson;
import io.github.camelsora.internal.track.TaskClaim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one {@code sora:tasks} exchange holds of one task: its result, or the report that its submit is lost. It ends exactly
 * once.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final TaskRecord record;
    private final TaskClaim claim;
    private final boolean isSearchable;
    private final InstantSource clock;
    private final Meters meters;

    Delivery(TaskRecord record, TaskClaim claim, boolean isSearchable, InstantSource clock, Meters meters) {
        this.record = record;
        this.claim = claim;
        this.isSearchable = isSearchable;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * What is delivered.
     *
     * @return the record as it was acquired
     */
    public TaskRecord record() {
        return record;
    }

    /**
     * The task that is delivered.
     *
     * @return the result; of a lost submit a task with the key, without an id, of status {@link TaskStatus#UNKNOWN}
     */
    public VideoTask task() {
        if (isCompletion()) {
            return TaskJson.read(record.result());
        }
        return unknown().getTask();
    }

    private boolean isCompletion() {
        return record.state() == TaskState.ENDED;
    }

    /**
     * What a lost submit means to a route.
     *
     * @return the exception that a waiting exchange would have had
     */
    public SubmissionUnknownException unknown() {
        return SubmitExceptions.unknown(
                record, isSearchable, "the JVM that submitted it ended, or no exchange waited for it", null);
    }

    /**
     * Tells whether it has ended.
     *
     * @return true when it changes nothing any more
     */
    public boolean isOver() {
        return claim.isOver();
    }

    /** The exchange has completed. */
    public void delivered() {
        if (isCompletion()) {
            claim.delivered();
        } else {
            claim.lossReported();
        }
    }

    /** The route stops before the exchange has completed: the task can be delivered again at once. */
    public void release() {
        claim.release();
    }

    /**
     * The exchange has the task: from now on it has a limited time to complete.
     *
     * @param time how long; zero for ever
     * @param onTimeout what happens then; it may wait for the ledger
     */
    public void limit(Duration time, Runnable onTimeout) {
        claim.limit(time, onTimeout);
    }

    /**
     * The exchange has failed: the task is delivered again later, or set aside when that was done too often.
     *
     * @param maximumRedeliveries how often it is delivered again
     * @param delay how long until the first redelivery; it doubles with each, up to an hour
     */
    public void retryOrSetAside(int maximumRedeliveries, Duration delay) {
        Failure failure = failure("has failed", maximumRedeliveries, delay);
        claim.end(failure.end(), failure.report());
    }

    /**
     * The exchange has not completed in time. That counts as a failure, and its completion changes nothing any more.
     *
     * @param maximumRedeliveries how often the task is delivered again
     * @param delay how long until the first redelivery
     * @return false when the exchange has completed meanwhile
     */
    public boolean timeOut(int maximumRedeliveries, Duration delay) {
        Failure failure = failure("has not completed within claimTimeout", maximumRedeliveries, delay);
        return claim.timeOut(failure.end(), failure.report());
    }

    /**
     * What a failure leads to.
     *
     * @param end what is written
     * @param report logs what that has changed
     */
    private record Failure(TaskEvent end, Consumer<Change> report) {}

    /**
     * What a failure leads to.
     *
     * @param isWritten tells of a record whether the failure is written to it: a write may be committed and not confirmed, and
     *     is then repeated
     */
    private Failure failure(String what, TaskEvent end, Predicate<TaskRecord> isWritten, Runnable message) {
        return new Failure(end, change -> {
            boolean isCounted = change.isChanged()
                    ? change.before().state() == record.state()
                    : change.standing().filter(isWritten).isPresent();
            if (isCounted) {
                message.run();
            } else {
                LOG.warn(
                        "An exchange that had task {} (key {}) {}. That is not counted, because the record has changed"
                                + " meanwhile: {}",
                        record.taskId(),
                        record.key(),
                        what,
                        change.standing().map(TaskRecord::toString).orElse("it was removed"));
            }
        });
    }

    private Failure failure(String what, int maximumRedeliveries, Duration delay) {
        int deliveries = record.deliveries() + 1;
        if (deliveries <= maximumRedeliveries) {
            Duration pause = pause(deliveries, delay);
            Instant when = clock.instant().plus(pause);
            return failure(
                    what,
                    new TaskEvent.DeliveryFailed(record.taskId(), deliveries, when),
                    standing -> standing.state() == record.state() && standing.deliveries() == deliveries,
                    () -> {
                        meters.deliveryFailed(record.account());
                        LOG.warn(
                                "Task {} (key {}) is delivered again in {} s, redelivery {} of {}: its exchange {}",
                                record.taskId(),
                                record.key(),
                                pause.toSeconds(),
                                deliveries,
                                maximumRedeliveries,
                                what);
                    });
        }
        if (isCompletion()) {
            return failure(
                    what,
                    new TaskEvent.DeliveryExhausted(record.taskId()),
                    standing -> standing.state() == TaskState.SET_ASIDE,
                    () -> LOG.error(
                            "Task {} (key {}) is set aside after {} deliveries: its last exchange {}. Correct the route;"
                                    + " then the action release of sora:ledger delivers it again",
                            record.taskId(),
                            record.key(),
                            deliveries,
                            what));
        }
        return failure(
                what,
                new TaskEvent.LossReported(),
                standing -> standing.times().lossReportedAt() != null,
                () -> LOG.error(
                        "The report that the submit of key {} is lost was delivered {} times and is not delivered again: its"
                                + " last exchange {}. {}",
                        record.key(),
                        deliveries,
                        what,
                        unknown().getMessage()));
    }

    private static Duration pause(int deliveries, Duration delay) {
        // A delay that the user sets above the limit is kept.
        Duration longest = delay.compareTo(LONGEST_DELAY) > 0 ? delay : LONGEST_DELAY;
        return new Backoff(delay, longest).after(deliveries);
    }
}
