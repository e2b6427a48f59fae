package io.github.camelsora.simulator;

/** A call that is answered with an error of the service. It has no stack trace, because it is an expected answer. */
final class ApiErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ApiError error;

    ApiErrorException(ApiError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    ApiErrorException(ApiError error) {
        this(error, error.message());
    }

    static ApiErrorException invalid(String message) {
        return new ApiErrorException(ApiError.INVALID_REQUEST, message);
    }

    ApiError error() {
        return error;
    }
}
