package io.github.camelsora.internal.download;

/**
 * What came is a text for people or programs instead of a file: hosts say so that an address has died, or that a file is not
 * there yet.
 */
public class PageException extends BrokenFileException {
    private static final long serialVersionUID = 1L;

    PageException(String what, FileKind kind) {
        super("the file host sends " + what + " instead of " + kind.label());
    }
}
