package io.github.camelsora.internal.download.format;

/**
 * The host sent a page or a document (HTML, XML, JSON) instead of the file, with a status of success. Some hosts answer so when
 * an address has expired, or when the file is not there yet.
 */
public class UnexpectedPageException extends BrokenFileException {
    private static final long serialVersionUID = 1L;

    UnexpectedPageException(String what, FileKind kind) {
        super("the file host sends " + what + " instead of " + kind.label());
    }
}
