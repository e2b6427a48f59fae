package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.download.FileUnavailableException;
import io.github.camelsora.internal.toapis.TaskReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the host of a file has said of it as long as it did not give it. Some need minutes after the end of a task until they
 * have its video (150 seconds were seen), so one refusal means nothing: only a host that refuses for long, or after the
 * video's time, has lost it. Not thread-safe.
 */
final class FileHostFailures {
    /** How long a host may say that a video is not there before that is believed; a third of the default downloadTimeout. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** How long after a question for a fresh address the next one is asked. */
    private static final Duration QUESTION_PAUSE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private Instant since;
    private Instant queriedAt;
    private boolean isFileMissing = true;
    private boolean isQueryAnswered = true;

    FileHostFailures(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes a refusal. True for the first one. */
    boolean add(IOException refusal) {
        boolean isFirst = since == null;
        since = isFirst ? clock.instant() : since;
        isFileMissing &= refusal instanceof FileUnavailableException gone && gone.isFileMissing();
        return isFirst;
    }

    /** Whether it is time to ask the service for a fresh address; if so, counts as asked. */
    boolean acquireQuery() {
        Instant now = clock.instant();
        boolean isTime = queriedAt == null || !queriedAt.plus(QUESTION_PAUSE).isAfter(now);
        queriedAt = isTime ? now : queriedAt;
        return isTime;
    }

    /** Notes whether the service has answered the last question for a fresh address. */
    void queryAnswered(boolean hasAnswered) {
        isQueryAnswered = hasAnswered;
    }

    /** Whether the host has refused for so long that it makes no sense to go on. */
    boolean isPatienceExhausted() {
        return since != null && !since.plus(PATIENCE).isAfter(clock.instant());
    }

    /** Whether the host has said for long, and each time, that the video is not there, and the service knows no other address. */
    boolean isFileLost() {
        return isPatienceExhausted() && isFileMissing && isQueryAnswered;
    }

    /** Whether the time is over for which the service keeps the video, as far as that is known. */
    boolean isExpired(VideoTask task) {
        Instant end = task.expiresAt();
        if (end == null && task.completedAt() != null) {
            end = task.completedAt().plus(TaskReader.RESULT_LIFE);
        }
        return end != null && end.isBefore(clock.instant());
    }
}
