package io.github.camelsora.api;

/**
 * Where a task stands, in words of our own. The service uses many words for few states; the wire package maps them.
 */
public enum TaskStatus {
    /** Accepted and paid for, not started yet. */
    QUEUED,
    /** Being made. */
    IN_PROGRESS,
    /** Made; the video can be downloaded until {@link VideoTask#expiresAt()}. */
    COMPLETED,
    /** Over without a video. */
    FAILED,
    /** Over; the service no longer has the result. */
    EXPIRED,
    /** The service said a word that we do not know. The task counts as running, never as ended. */
    UNKNOWN;

    /**
     * Tells whether a task in this status has ended. Such a status never changes again.
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
