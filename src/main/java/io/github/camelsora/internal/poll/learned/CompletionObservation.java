package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.api.VideoTask;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of when a task ended, by its age in seconds. A question finds an end that was somewhere since the last one;
 * the service's own times tell it to the second, if it tells them and they can be true.
 *
 * @param from an age at which it was running
 * @param earliest the age after which it ended
 * @param latest the age until which it ended
 */
record CompletionObservation(double from, double earliest, double latest) {
    // The service tells whole seconds, of the begin and of the end.
    private static final double TOLD_ROUGHLY = 1;

    /**
     * Of a task that has been watched.
     *
     * @param lastRunning the last age at which it was seen running; null when it was not watched from its begin
     * @param seenAt the age at which its end was seen
     * @param ended the task as it ended
     * @return empty when there is nothing to go by
     */
    static Optional<CompletionObservation> of(Duration lastRunning, Duration seenAt, VideoTask ended) {
        double from = lastRunning == null ? 0 : seconds(lastRunning);
        double to = Math.max(from, seconds(seenAt));
        if (ended.createdAt() != null && ended.completedAt() != null) {
            double told = seconds(Duration.between(ended.createdAt(), ended.completedAt()));
            double earliest = Math.max(from, told - TOLD_ROUGHLY);
            double latest = Math.min(to, told + TOLD_ROUGHLY);
            if (earliest < latest) {
                return Optional.of(new CompletionObservation(from, earliest, latest));
            }
        }
        return lastRunning == null ? Optional.empty() : Optional.of(new CompletionObservation(from, from, to));
    }

    static double seconds(Duration age) {
        // Not by its nanoseconds, which overflow where a service tells milliseconds for seconds.
        return Math.max(0, age.getSeconds() + age.getNano() / 1e9);
    }
}
