package io.github.camelsora.internal.download.format;

import java.io.IOException;

/** The received bytes are not a whole file of the expected kind. */
public class BrokenFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenFileException(String message) {
        super(message);
    }
}
