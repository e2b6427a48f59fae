package io.github.camelsora.download;

import java.io.IOException;

/** The file host no longer has the file, or no longer gives it to this address. */
public class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException(String message) {
        super(message);
    }
}
