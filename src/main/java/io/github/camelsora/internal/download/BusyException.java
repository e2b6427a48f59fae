package io.github.camelsora.internal.download;

import java.io.IOException;
import java.time.Duration;

/** The file host asks for patience. */
class BusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Duration pause;

    BusyException(int status, Duration pause) {
        super("the file host answers HTTP " + status);
        this.pause = pause;
    }

    /** How long it asks to wait; zero when it does not say. */
    Duration pause() {
        return pause == null ? Duration.ZERO : pause;
    }
}
