package io.github.camelsora.api;

/** The status of a task. The service uses several words for each; they are mapped to these. */
public enum TaskStatus {
    /** Accepted and paid for, not started yet. */
    QUEUED,
    /** The video is being made. */
    IN_PROGRESS,
    /** The video can be downloaded until {@link VideoTask#expiresAt()}. */
    COMPLETED,
    /** Ended without a video. */
    FAILED,
    /** Ended; the service no longer has the video. */
    EXPIRED,
    /** The service used an unknown word. The task counts as running, never as ended. */
    UNKNOWN;

    /**
     * Tells whether a task in this status has ended. Such a status is final.
     *
     * @return true for {@link #COMPLETED}, {@link #FAILED} and {@link #EXPIRED}
     */
    public boolean isTerminal() {
        return this == COMPLETED || isFailure();
    }

    /**
     * Tells whether a task in this status has ended without a video to download.
     *
     * @return true for {@link #FAILED} and {@link #EXPIRED}
     */
    public boolean isFailure() {
        return this == FAILED || this == EXPIRED;
    }
}
