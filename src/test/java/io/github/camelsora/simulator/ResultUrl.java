package io.github.camelsora.simulator;

/** The field of a completed status that has the URL of the video. */
public enum ResultUrl {
    /** In {@code result.data[i].url}, as documented. */
    DATA_URL,
    /** In {@code result.data[i].video_url}. */
    DATA_VIDEO_URL,
    /** In {@code video_url} at the top level; only the first video. */
    TOP_VIDEO_URL,
    /** In {@code url} at the top level; only the first video. */
    TOP_URL,
    /** In no field: the task is completed without a URL. */
    NONE
}
