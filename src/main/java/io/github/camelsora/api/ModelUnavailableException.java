package io.github.camelsora.api;

/**
 * The model is not to be had: it has ended by the catalogue of models, the API key may not use it, or the service has answered
 * that it does not know it. The message names what can be used instead, as far as that is known. Nothing was paid, unless {@link
 * #getOutcome} says {@link SubmitOutcome#UNKNOWN}.
 */
public class ModelUnavailableException extends SoraException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and what to do now
     * @param about the task it is about
     * @param cause the exception behind it; may be null
     */
    public ModelUnavailableException(String message, About about, Throwable cause) {
        super(message, about, cause);
    }
}
