package io.github.camelsora.internal.service;

import io.github.camelsora.internal.toapis.KeyProblem;

/** Is notified when a query was rejected because of the API key. Thread-safe, and never throws. */
public interface KeyProblemListener {
    /**
     * A query was rejected.
     *
     * @param service the service that rejected it
     * @param problem which key, and why
     * @param reason why in words
     */
    void onKeyProblem(ServiceProfile service, KeyProblem problem, String reason);
}
