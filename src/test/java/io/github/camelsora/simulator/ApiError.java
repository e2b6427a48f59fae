package io.github.camelsora.simulator;

/** The errors of the service: HTTP status, error code, and the message of the service. */
public enum ApiError {
    /** The request is wrong. */
    INVALID_REQUEST(400, "invalid_request", "invalid_request_error", "The request is invalid"),
    /** The request names a {@code callback_url}, and webhooks are off or go to another origin. */
    WEBHOOK_NOT_CONFIGURED(400, "webhook_not_configured", "invalid_request_error", "Webhooks are not configured"),
    /** The key is missing or wrong. */
    UNAUTHORIZED(401, "unauthorized", "authentication_error", "Authentication failed, please check your API key"),
    /** No credits are left. */
    INSUFFICIENT_QUOTA(402, "insufficient_quota", "insufficient_quota_error", "Insufficient quota"),
    /** There is no such task, or a replica does not have it yet. */
    TASK_NOT_FOUND(404, "task_not_found", "invalid_request_error", "Task not found"),
    /** There is no such model, or the key may not use it. */
    MODEL_NOT_FOUND(404, "model_not_found", "invalid_request_error", "The model does not exist"),
    /** There is no such path. */
    NOT_FOUND(404, "not_found", "invalid_request_error", "Invalid URL"),
    /** The path exists and does not accept this method. */
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "invalid_request_error", "Method not allowed"),
    /** The content is rejected. */
    CONTENT_POLICY_VIOLATION(
            422, "content_policy_violation", "invalid_request_error", "Content violates the content policy"),
    /** Too many calls; not charged. */
    RATE_LIMIT_EXCEEDED(429, "rate_limit_exceeded", "rate_limit_error", "Async task request rate exceeded"),
    /** The service failed; the call may or may not have had an effect. */
    INTERNAL_ERROR(500, "internal_error", "server_error", "Internal server error"),
    /** No upstream service has the model. */
    NO_AVAILABLE_CHANNEL(503, "model_not_found", "server_error", "No available channel for the model"),
    /** The rate limiter of submits is down: nothing was accepted. */
    RATE_LIMIT_UNAVAILABLE(503, "rate_limit_unavailable", "server_error", "Rate limit service is unavailable");

    private final int status;
    private final String word;
    private final String type;
    private final String message;

    ApiError(int status, String word, String type, String message) {
        this.status = status;
        this.word = word;
        this.type = type;
        this.message = message;
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return the word in {@code code}} */
    public String word() {
        return word;
    }

    /** {@return the word in {@code type}} */
    public String type() {
        return type;
    }

    /** {@return the message, unless the call has a more specific one} */
    public String message() {
        return message;
    }
}
