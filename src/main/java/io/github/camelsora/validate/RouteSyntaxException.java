package io.github.camelsora.validate;

import java.io.IOException;

/** A file that cannot be parsed. */
final class RouteSyntaxException extends IOException {
    private final long line;

    RouteSyntaxException(long line, String message) {
        super(message.lines().findFirst().orElse("The file cannot be parsed").strip());
        this.line = line;
    }

    /** The line of the error, from 1. */
    long line() {
        return line;
    }
}
