package io.github.camelsora.internal.download;

import java.io.IOException;
import java.time.Duration;

/** The file host asks for patience. */
class FileHostBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    FileHostBusyException(int status, Duration pause) {
        super("the file host answers HTTP " + status);
        this.retryAfter = pause;
    }

    /** How long it asks to wait; zero when it does not say. */
    Duration retryAfter() {
        return retryAfter == null ? Duration.ZERO : retryAfter;
    }
}
