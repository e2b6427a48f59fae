package io.github.camelsora.internal.track;

import io.github.camelsora.api.VideoTask;
import java.time.Instant;

/** The polls of one followed task, as its entry sees them. The caller of each method holds the monitor of the entry. */
public interface Polling {
    /** Schedules a poll at once. */
    void pollNow();

    /** Cancels all polls, for good. */
    void stop();

    /**
     * The task has ended, whichever source has seen it. Called before {@link #stop}.
     *
     * @param endedAt when
     * @param result the result
     */
    void onCompleted(Instant endedAt, VideoTask result);
}
