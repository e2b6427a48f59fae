package io.github.camelsora.download;

import java.io.IOException;

/** The file host no longer has the file, or no longer gives it to this address. */
public class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isCertain;

    GoneException(int status) {
        super("the file host answers HTTP " + status);
        // 401 and 403 may be the host's trouble as well as the end of a signature.
        isCertain = status == 404 || status == 410;
    }

    /**
     * Tells whether the file itself is gone, and not only this address of it.
     *
     * @return false when the host merely does not let us have it
     */
    public boolean isCertain() {
        return isCertain;
    }
}
