package io.github.camelsora.internal.ledger;

/** How this node has learned of the end of a task. Whichever comes first counts. */
public enum CompletionSource {
    /** A poll of ours has found it. */
    POLL,
    /** The service has told it by a webhook. */
    WEBHOOK,
    /** Somebody has asked for it: a route's sora:status, or a submit that was answered with an end. */
    STATUS_CALL
}
