package io.github.camelsora.internal.download;

import java.io.IOException;

/** A limit forbids the download, or the place where it is to lie: trying again changes nothing. */
public class DownloadRejectedException extends IOException {
    private static final long serialVersionUID = 1L;

    DownloadRejectedException(String message) {
        super(message);
    }

    DownloadRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
