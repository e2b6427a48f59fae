package io.github.camelsora.api;

/**
 * The model of a submit is not there: it has ended by the catalogue of models, or the service has rejected it as unknown or as
 * one that the API key may not use. The message names what can be used instead, as far as that is known. Nothing was paid for
 * this submit; {@link #getOutcome} says {@link SubmitOutcome#ACCEPTED} or {@link SubmitOutcome#UNKNOWN} if an earlier one under
 * the key was paid, or may have been.
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
