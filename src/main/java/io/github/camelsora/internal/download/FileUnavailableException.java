package io.github.camelsora.internal.download;

import java.io.IOException;
import org.apache.hc.core5.http.HttpHost;

/**
 * The file host does not have the file, or not yet, or denies it under this address: try another address, or the same one
 * later.
 */
public class FileUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient HttpHost host;

    FileUnavailableException(int status, HttpHost host) {
        super("the file host answers HTTP " + status);
        this.status = status;
        this.host = host;
    }

    /**
     * Tells whether the host says that the file does not exist, and not only that this address is not accepted.
     *
     * @return true for 404 and 410
     */
    public boolean isFileMissing() {
        return status == 404 || status == 410;
    }

    /**
     * Tells whether credentials may be missing.
     *
     * @return true for 401 and 403
     */
    public boolean mayNeedCredentials() {
        return status == 401 || status == 403;
    }

    /**
     * Tells whether the host demands credentials, so that waiting does not help.
     *
     * @return true for 401
     */
    public boolean needsCredentials() {
        return status == 401;
    }

    /**
     * The host that answered.
     *
     * @return the host, after all redirects
     */
    public HttpHost host() {
        return host;
    }
}
