package io.github.camelsora.internal.download;

import java.io.IOException;
import java.time.Duration;

/** The file host cannot answer now (408, 425, 429, 5xx): try again later. */
class FileHostBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    FileHostBusyException(int status, Duration pause) {
        super("the file host answers HTTP " + status);
        this.retryAfter = pause;
    }

    /** How long the host asks to wait (Retry-After); zero when it does not say. */
    Duration retryAfter() {
        return retryAfter == null ? Duration.ZERO : retryAfter;
    }
}
