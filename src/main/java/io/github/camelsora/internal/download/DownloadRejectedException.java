package io.github.camelsora.internal.download;

import java.io.IOException;

/** A limit, the address or the target forbids the download: another attempt would not help. */
public class DownloadRejectedException extends IOException {
    private static final long serialVersionUID = 1L;

    DownloadRejectedException(String message) {
        super(message);
    }

    DownloadRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
