package io.github.camelsora.simulator;

/** A call that ends in an error of the service. Carries no stack trace: it is an answer, not an accident. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ApiError error;

    Refusal(ApiError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    Refusal(ApiError error) {
        this(error, error.message());
    }

    static Refusal invalid(String message) {
        return new Refusal(ApiError.INVALID_REQUEST, message);
    }

    ApiError error() {
        return error;
    }
}
