package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.api.VideoTask;
import java.time.Duration;
import java.util.Optional;

/**
 * When a task ended, by its age in seconds, as far as that is known. A poll finds a completion somewhere since the poll before;
 * the service's own times give it to the second, if they are there and plausible.
 *
 * @param from an age at which it was running
 * @param earliest the age after which it ended
 * @param latest the age until which it ended
 */
record CompletionObservation(double from, double earliest, double latest) {
    // The times of begin and end are whole seconds.
    private static final double ROUNDING = 1;

    /**
     * The observation of a completed task.
     *
     * @param lastRunning the last age at which it was known to run; null when it was not observed from its begin
     * @param seenAt the age at which its completion was seen
     * @param ended the completed task
     * @return empty when nothing is known
     */
    static Optional<CompletionObservation> of(Duration lastRunning, Duration seenAt, VideoTask ended) {
        double from = lastRunning == null ? 0 : seconds(lastRunning);
        double to = Math.max(from, seconds(seenAt));
        if (ended.createdAt() != null && ended.completedAt() != null) {
            double reported = seconds(Duration.between(ended.createdAt(), ended.completedAt()));
            double earliest = Math.max(from, reported - ROUNDING);
            double latest = Math.min(to, reported + ROUNDING);
            if (earliest < latest) {
                return Optional.of(new CompletionObservation(from, earliest, latest));
            }
        }
        return lastRunning == null ? Optional.empty() : Optional.of(new CompletionObservation(from, from, to));
    }

    static double seconds(Duration age) {
        // Not by toNanos(), which overflows when a service reports milliseconds as seconds.
        return Math.max(0, age.getSeconds() + age.getNano() / 1e9);
    }
}
