package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.download.FileUnavailableException;
import io.github.camelsora.internal.toapis.TaskReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The failures of a file's host, and when they mean that the file is lost. Some hosts have a video only minutes after its task
 * has completed (150 seconds were seen), so one failure means nothing: the file is lost when the host reports it as missing for
 * {@link #PATIENCE}, or after the video has expired. Not thread-safe.
 */
final class FileHostFailures {
    /** How long a host must report a file as missing until it counts as lost; a third of the default downloadTimeout. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** The pause between two queries for a fresh address. */
    private static final Duration QUERY_PAUSE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private Instant since;
    private Instant queriedAt;
    private boolean isFileMissing = true;
    private boolean isQueryAnswered = true;

    FileHostFailures(InstantSource clock) {
        this.clock = clock;
    }

    /** Records a failure. True for the first one. */
    boolean add(IOException failure) {
        boolean isFirst = since == null;
        since = isFirst ? clock.instant() : since;
        isFileMissing &= failure instanceof FileUnavailableException unavailable && unavailable.isFileMissing();
        return isFirst;
    }

    /** Whether to query the service for a fresh address now; true starts the pause until the next query. */
    boolean acquireQuery() {
        Instant now = clock.instant();
        boolean isTime = queriedAt == null || !queriedAt.plus(QUERY_PAUSE).isAfter(now);
        queriedAt = isTime ? now : queriedAt;
        return isTime;
    }

    /** Records whether the service has answered the last query for a fresh address. */
    void queryAnswered(boolean hasAnswered) {
        isQueryAnswered = hasAnswered;
    }

    /** Whether the host has failed for {@link #PATIENCE}, so that further attempts make no sense. */
    boolean isPatienceExhausted() {
        return since != null && !since.plus(PATIENCE).isAfter(clock.instant());
    }

    /**
     * Whether the host has reported the file as missing each time for {@link #PATIENCE}, and the service knows no other address.
     */
    boolean isFileLost() {
        return isPatienceExhausted() && isFileMissing && isQueryAnswered;
    }

    /** Whether the video has expired at the service, as far as known. */
    boolean isExpired(VideoTask task) {
        Instant end = task.expiresAt();
        if (end == null && task.completedAt() != null) {
            end = task.completedAt().plus(TaskReader.RESULT_LIFE);
        }
        return end != null && end.isBefore(clock.instant());
    }
}
