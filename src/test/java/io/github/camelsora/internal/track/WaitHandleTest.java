package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.cluster.WorkQueue;
import io.github.camelsora.internal.errors.SubmitExceptions;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.toapis.TaskReader;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.VideoTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A wait ends once, on the route pool. */
class WaitHandleTest {
    private static final SoraException REASON = SubmitExceptions.suspended(new TaskKey("default", "key-1"));
    private static final VideoTask RESULT =
            VideoTasks.completed("video_1", "key-1", "https://files.toapis.com/x.mp4", null);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final WorkQueue routes = new WorkQueue();
    private final TestWaiter waiter = new TestWaiter();
    private final WaitHandle wait = new WaitHandle(Goal.ENDED, TIMEOUT, TestWaiter.REQUEST, waiter, routes);

    @Test
    void aWaiterIsNotifiedOnTheRoutePool() {
        wait.complete(RESULT);
        assertThat(waiter.timesNotified()).isZero();

        routes.runAll();

        assertThat(waiter.task()).isEqualTo(RESULT);
    }

    @Test
    void onlyTheFirstEndOfAWaitNotifiesItsWaiter() {
        assertThat(wait.isOver()).isFalse();

        wait.fail(REASON);
        wait.complete(RESULT);
        wait.fail(REASON);
        routes.runAll();

        assertThat(waiter.failure()).isSameAs(REASON);
        assertThat(wait.isOver()).isTrue();
    }

    @Test
    void aWaiterThatThePoolRejectsIsNotifiedByTheNextEnd() {
        routes.reject(true);
        assertThatThrownBy(() -> wait.fail(REASON)).isInstanceOf(RejectedExecutionException.class);
        assertThat(wait.isOver()).isFalse();

        routes.reject(false);
        wait.complete(RESULT);
        routes.runAll();

        assertThat(waiter.task()).isEqualTo(RESULT);
    }

    @Test
    void theTaskOfAnotherRequestFailsIt() {
        SoraException conflict = SubmitExceptions.keyConflict(new TaskKey("default", "key-1"));
        WaitHandle other = new WaitHandle(Goal.ENDED, TIMEOUT, record -> Optional.of(conflict), waiter, Runnable::run);

        other.completeUnlessConflict(RESULT, LedgerRecords.running("default", "key-1", "video_1"));

        assertThat(waiter.failure()).isSameAs(conflict);
        assertThat(other.reachedId()).isNull();
    }

    @Test
    void theTaskOfItsRequestCompletesIt() {
        wait.completeUnlessConflict(RESULT, LedgerRecords.running("default", "key-1", "video_1"));
        routes.runAll();

        assertThat(waiter.task()).isEqualTo(RESULT);
    }

    @Test
    void itKnowsTheResultThatItWasCompletedWith() {
        assertThat(wait.reachedId()).isNull();

        wait.complete(RESULT);

        assertThat(wait.reachedId()).isEqualTo("video_1");
        assertThat(wait.isWithoutAddress()).isFalse();
    }

    @Test
    void itKnowsThatItsResultLacksAnAddress() {
        VideoTask running = TrackTestSupport.carrying("video_1", null, TaskStatus.COMPLETED);

        wait.complete(TaskReader.resultMissing(running));

        assertThat(wait.isWithoutAddress()).isTrue();
    }

    @Test
    void anEndCancelsItsDeadline() {
        AtomicInteger timeouts = new AtomicInteger();
        deadline(timeouts);
        assertThat(wait.hasDeadline()).isTrue();
        assertThat(wait.until()).isEqualTo(time.instant().plus(TIMEOUT));

        wait.complete(RESULT);
        time.advance(TIMEOUT);

        assertThat(timeouts).hasValue(0);
    }

    @Test
    void aNewDeadlineTakesThePlaceOfTheOldOne() {
        AtomicInteger timeouts = new AtomicInteger();
        deadline(timeouts);

        deadline(timeouts);
        time.advance(TIMEOUT);

        assertThat(timeouts).hasValue(1);
    }

    @Test
    void aDeadlineOfAWaitThatIsOverIsCancelled() {
        AtomicInteger timeouts = new AtomicInteger();
        wait.fail(REASON);

        deadline(timeouts);
        time.advance(TIMEOUT);

        assertThat(timeouts).hasValue(0);
    }

    private void deadline(AtomicInteger timeouts) {
        Instant when = time.instant().plus(TIMEOUT);
        wait.endsAt(when, time.timers().schedule(when, timeouts::incrementAndGet));
    }
}
