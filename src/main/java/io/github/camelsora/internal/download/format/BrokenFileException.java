package io.github.camelsora.internal.download.format;

import java.io.IOException;

/** What came is not a whole file of the kind that was asked for. */
public class BrokenFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public BrokenFileException(String message) {
        super(message);
    }
}
