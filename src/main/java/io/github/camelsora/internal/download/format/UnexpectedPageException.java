package io.github.camelsora.internal.download.format;

/**
 * What came is a text for people or programs instead of a file: hosts say so that an address has died, or that a file is not
 * there yet.
 */
public class UnexpectedPageException extends BrokenFileException {
    private static final long serialVersionUID = 1L;

    UnexpectedPageException(String what, FileKind kind) {
        super("the file host sends " + what + " instead of " + kind.label());
    }
}
