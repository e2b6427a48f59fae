package io.github.camelsora.internal.poll.learned;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.TaskEvent;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A poll schedule that learns from completed tasks when to poll the next. */
class LearnedPollingTest extends TaskTestSupport {
    private static final int TAUGHT_BY = 10;
    private static final Duration TASK_DURATION = Duration.ofSeconds(200);
    private static final Duration STEP = Duration.ofSeconds(1);

    private final PollSchedule schedule = new LearnedPollSchedule((FixedPollSchedule) SCHEDULE, history);

    /** Asks as advised, and keeps from when to when tasks were seen running. */
    private record Listening(List<Duration> seen) implements PollSchedule {
        @Override
        public Instant first(PolledTask task, Instant now) {
            return SCHEDULE.first(task, now);
        }

        @Override
        public Instant next(PolledTask task, Instant now) {
            return SCHEDULE.next(task, now);
        }

        @Override
        public Instant afterFailure(Instant now, int failures, Duration retryAfter) {
            return SCHEDULE.afterFailure(now, failures, retryAfter);
        }

        @Override
        public void onRunning(PolledTask task, Instant lastRunning, Instant now) {
            seen.add(task.age(lastRunning));
            seen.add(task.age(now));
        }
    }

    private TestWaiter remixByWhatIsLearned(String key) {
        return remixBy(schedule, key);
    }

    private TestWaiter remixBy(PollSchedule schedule, String key) {
        SubmitCommand by = submission(key, "Add a puppy");
        ServiceProfile learning = new ServiceProfile(ACCOUNT, client, true, null, schedule, LIMITS);
        TestWaiter waiting = new TestWaiter();
        submits.submit(
                new SubmitCommand(by.key(), by.request(), learning, TaskLabels.NONE, Spending.NONE, true),
                Goal.ENDED,
                waiting::with);
        work();
        return waiting;
    }

    private void teach() {
        IntStream.range(0, TAUGHT_BY).forEach(i -> remixByWhatIsLearned("taught-" + i));
        passInSteps(TASK_DURATION, STEP);
        IntStream.range(0, TAUGHT_BY).forEach(i -> toApis.complete(taskId("taught-" + i)));
        passInSteps(Duration.ofSeconds(15), STEP);
    }

    @Test
    void aTaskIsPolledWhenSimilarTasksEnded() {
        teach();
        long before = toApis.books().statusCalls();

        TestWaiter waiting = remixByWhatIsLearned("key-1");
        passInSteps(TASK_DURATION, STEP);
        toApis.complete(taskId("key-1"));
        passInSteps(Duration.ofSeconds(15), STEP);

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(toApis.books().statusCalls() - before).isLessThan(10);
    }

    @Test
    void aTaskThatStillRunsIsLearnedFromBetweenItsPolls() {
        Listening listening = new Listening(new ArrayList<>());

        remixBy(listening, "key-1");
        passInSteps(Duration.ofSeconds(20), STEP);

        assertThat(listening.seen()).extracting(Duration::toSeconds).containsExactly(0L, 5L, 5L, 15L);
    }

    @Test
    void completionsByWebhookAreLearnedFromToo() {
        IntStream.range(0, TAUGHT_BY).forEach(i -> remixByWhatIsLearned("key-" + i));

        IntStream.range(0, TAUGHT_BY)
                .forEach(i -> engine.completions.seen(
                        record("key-" + i), completed(taskId("key-" + i), "key-" + i), CompletionSource.WEBHOOK));

        assertThat(isKnown("key-0")).isTrue();
    }

    @Test
    void completionsSeenByAnotherNodeAreLearnedFromToo() {
        IntStream.range(0, TAUGHT_BY).forEach(i -> remixByWhatIsLearned("key-" + i));
        LedgerWriter elsewhere = new LedgerWriter(ledger, "node-2", true, (entry, change) -> {});

        IntStream.range(0, TAUGHT_BY).forEach(i -> {
            TaskKey key = ref("key-" + i);
            TaskEvent end = new TaskEvent.TaskCompleted(
                    taskId(key.key()), completed(taskId(key.key()), null), TaskEvent.ClaimHere.NONE);
            engine.completionSync(Runnable::run)
                    .completed(elsewhere.apply(key, end).required());
        });

        assertThat(isKnown("key-0")).isTrue();
    }

    private boolean isKnown(String key) {
        TaskProfile kind = TaskProfile.of(record(key)).orElseThrow();
        return history.plan(kind, Duration.ofSeconds(5), Duration.ofSeconds(10)).isPresent();
    }

    @Test
    void aTaskThatTakesLongerThanAllOthersIsPolledByTheFixedSchedule() {
        teach();
        remixByWhatIsLearned("key-1");
        passInSteps(TASK_DURATION.multipliedBy(3), STEP);
        long before = toApis.books().statusCalls();

        passInSteps(Duration.ofSeconds(100), STEP);

        assertThat(toApis.books().statusCalls() - before).isEqualTo(10);
    }
}
