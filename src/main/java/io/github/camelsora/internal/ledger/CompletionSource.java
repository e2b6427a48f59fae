package io.github.camelsora.internal.ledger;

/** From where this node knows that a task has ended. The first source counts. */
public enum CompletionSource {
    /** A poll of this node has found it. */
    POLL,
    /** The service has sent a webhook. */
    WEBHOOK,
    /** A sora:status of a route has found it, or a submit was answered with it. */
    STATUS_CALL
}
