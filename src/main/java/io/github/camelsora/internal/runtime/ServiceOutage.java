package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.time.OutageLog;
import io.github.camelsora.internal.toapis.CallObserver;
import java.time.InstantSource;

/** Logs that a service cannot be reached, once for all calls to it. */
public final class ServiceOutage implements CallObserver {
    private final OutageLog log;

    ServiceOutage(String baseUrl, InstantSource clock) {
        this.log = new OutageLog(
                clock,
                "The service at " + baseUrl,
                "Submits that were not sent are repeated until submitTimeout, submits without an answer are searched for,"
                        + " and running tasks are polled on; nothing is paid twice");
    }

    @Override
    public void answered() {
        log.succeeded();
    }

    @Override
    public void unanswered(String reason) {
        log.failed(reason);
    }

    /** The failures of calls to the service. */
    public OutageLog log() {
        return log;
    }

    /** Reports nothing any more: connections are closed from this side. */
    void close() {
        log.close();
    }
}
