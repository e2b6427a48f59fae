package io.github.camelsora.api;

/**
 * An operator has paused the account, and did not resume it within {@code submitTimeout}. Nothing was sent and nothing was
 * paid; it is safe to send the request again.
 */
public class AccountPausedException extends SoraException {
    private static final long serialVersionUID = 1L;

    /** The pause. */
    private final transient AccountPause pause;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param pause the pause
     */
    public AccountPausedException(String message, About about, AccountPause pause) {
        super(message, about, null);
        this.pause = pause;
    }

    /**
     * The pause: who has paused the account, why, and since when.
     *
     * @return the pause; null after serialization
     */
    public AccountPause getPause() {
        return pause;
    }
}
