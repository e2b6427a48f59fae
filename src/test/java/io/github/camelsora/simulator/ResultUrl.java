package io.github.camelsora.simulator;

/** Where the status of a completed task has the URL of its video. */
public enum ResultUrl {
    /** In {@code result.data[i].url}, as documented. */
    DATA_URL,
    /** In {@code result.data[i].video_url}. */
    DATA_VIDEO_URL,
    /** In {@code video_url} of the answer itself; only the first video has a place there. */
    TOP_VIDEO_URL,
    /** In {@code url} of the answer itself; only the first video has a place there. */
    TOP_URL,
    /** Nowhere: completed, and nothing to fetch. */
    NONE
}
