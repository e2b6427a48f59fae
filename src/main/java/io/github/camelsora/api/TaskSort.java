package io.github.camelsora.api;

/**
 * What found records are sorted by. Records that lack it come last, in either direction. Those that are equal in it are sorted by
 * account and key, as the ledger orders texts.
 */
public enum TaskSort {
    /** When the intent was written. */
    CREATED,
    /** When the completion was seen. */
    ENDED,
    /** Until when the service keeps the video. */
    EXPIRES,
    /** The price that is known ({@link TaskPrice#known}). */
    PRICE
}
