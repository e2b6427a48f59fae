package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.PolledTask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When running tasks are expected to end, for people who wait: by how long tasks of their profile have taken. Nothing depends
 * on it. Thread-safe.
 *
 * @param history how long earlier tasks have taken
 * @param clock the clock of the ledger
 */
public record ExpectedEnds(DurationHistory history, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(ExpectedEnds.class);

    /**
     * When a task is expected to end. That is a median: half of the tasks that have run for as long end sooner.
     *
     * @param seen the task as it was last seen
     * @param task the same for its schedule; not called for a task that has ended
     * @return not before now; empty for a task that has ended, and while too little is known about tasks of its profile
     */
    public Optional<Instant> of(VideoTask seen, Supplier<PolledTask> task) {
        if (seen.status().isTerminal()) {
            return Optional.empty();
        }
        try {
            return expected(task.get());
        } catch (RuntimeException e) {
            // The route goes on all the same: the task was paid for.
            LOG.warn(
                    "When task {} (key {}) is expected to end could not be estimated. Nothing else depends on that",
                    seen.id(),
                    seen.key(),
                    e);
            return Optional.empty();
        }
    }

    private Optional<Instant> expected(PolledTask running) {
        if (!running.hasProfile()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return history.remaining(running.profile(), running.age(now)).map(now::plus);
    }
}
