package io.github.camelsora.api;

/** What a download does when a file of that name exists. The constants are written as in Camel's file component. */
public enum FileExist {
    /** Replaces the file atomically. */
    Override,
    /** Fails before any request is sent. */
    Fail,
    /** Uses the existing file as the video, and downloads nothing. */
    Ignore,
    /** Stores the video under a free name, such as {@code video-1.mp4}. */
    Rename
}
