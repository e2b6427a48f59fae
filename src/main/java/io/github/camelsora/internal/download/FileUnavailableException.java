package io.github.camelsora.internal.download;

import java.io.IOException;
import org.apache.hc.core5.http.HttpHost;

/**
 * The file host does not have the file, or not yet, or does not give it to this address: another address may be tried, or the
 * same one later.
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
     * Tells whether the host says of the file itself that it is not there, and not only that this address is no good.
     *
     * @return false when the host merely does not let us have it
     */
    public boolean isFileMissing() {
        return status == 404 || status == 410;
    }

    /**
     * Tells whether the host may want to know who asks.
     *
     * @return true for 401 and 403
     */
    public boolean mayNeedCredentials() {
        return status == 401 || status == 403;
    }

    /**
     * Tells whether the host says that it has to know who asks, which no patience changes.
     *
     * @return true for 401
     */
    public boolean needsCredentials() {
        return status == 401;
    }

    /**
     * Who has answered.
     *
     * @return the host, behind all redirects
     */
    public HttpHost host() {
        return host;
    }
}
