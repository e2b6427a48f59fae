package io.github.camelsora.simulator;

/** How a submit for a model that has ended is rejected, in the forms that services of this family use. */
public enum EndedModel {
    /** 404 with the code {@code model_not_found}. */
    CODE(ApiError.MODEL_NOT_FOUND, "The model '%s' does not exist or you do not have access to it"),
    /** 400 with the code {@code invalid_request}: only the message says that it is about the model. */
    MESSAGE(ApiError.INVALID_REQUEST, "Model not found: %s"),
    /** 503 with the code {@code model_not_found}, because no upstream service has the model. */
    NO_CHANNEL(ApiError.NO_AVAILABLE_CHANNEL, "No available channel for model %s under group default (distributor)");

    private final ApiError error;
    private final String message;

    EndedModel(ApiError error, String message) {
        this.error = error;
        this.message = message;
    }

    ApiErrorException rejection(String model) {
        return new ApiErrorException(error, message.formatted(model));
    }
}
