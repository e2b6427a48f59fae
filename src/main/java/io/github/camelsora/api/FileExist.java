package io.github.camelsora.api;

/** What to do when a file of that name is there already. Written as users type it, and as in Camel's file component. */
public enum FileExist {
    /** It is replaced, at one moment. */
    Override,
    /** The download fails before anything is asked for. */
    Fail,
    /** It is taken for the video, and nothing is downloaded. */
    Ignore,
    /** The new one gets a name that is free, such as {@code video-1.mp4}. */
    Rename
}
