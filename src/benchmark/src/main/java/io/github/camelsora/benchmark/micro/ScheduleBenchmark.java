package io.github.camelsora.benchmark.micro;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.benchmark.WireSamples;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.poll.learned.LearnedPollSchedule;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time to learn from a completed task, and to plan a poll. */
@State(Scope.Benchmark)
public class ScheduleBenchmark {
    private static final int ENDS = 200;

    private final VideoTask completed = WireSamples.completedTask();
    private final Instant acceptedAt = completed.createdAt();
    private final PolledTask task =
            new PolledTask(new TaskProfile("https://toapis.com", "remix", "sora-2", "15"), acceptedAt);
    private final LearnedPollSchedule schedule = new LearnedPollSchedule(
            new FixedPollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(10), new Random(1)), new DurationHistory());

    /** Lets it learn from some tasks. */
    @Setup
    public void learn() {
        for (int i = 0; i < ENDS; i++) {
            learnFromAnEnd();
        }
    }

    /**
     * A task is found running, and the next question is planned.
     *
     * @return when to ask
     */
    @Benchmark
    public Instant nextPoll() {
        return schedule.next(task, acceptedAt.plusSeconds(250));
    }

    /**
     * A task has ended; every few of them make a new plan necessary, which the next question pays for.
     *
     * @return when to ask for another one
     */
    @Benchmark
    public Instant learnFromAnEnd() {
        schedule.onCompleted(task, acceptedAt.plusSeconds(288), acceptedAt.plusSeconds(294), completed);
        return nextPoll();
    }
}
