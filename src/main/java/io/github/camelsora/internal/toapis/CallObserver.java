package io.github.camelsora.internal.toapis;

/** Is notified of each call to the service: whether the service has answered it. Thread-safe, and never throws. */
public interface CallObserver {
    /** The service has answered, whatever the answer was. */
    void answered();

    /**
     * No answer of the service has come.
     *
     * @param reason why, as a clause without a full stop and without a secret
     */
    void unanswered(String reason);
}
