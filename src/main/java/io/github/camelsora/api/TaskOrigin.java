package io.github.camelsora.api;

/**
 * Where the request of a task came from. A text that is not known is null.
 *
 * @param sourceId the service's id of the video that it changes or continues
 * @param model the model that makes it
 * @param tenant for whom it is made, where several share an account
 * @param priority its priority in the queue of submits, 0 to 9
 * @param correlationId the id by which the business process that asked for it is found
 * @param traceContext the trace that its submit belongs to, or the first wait for a task that was submitted elsewhere, in the
 *     form of the header {@code traceparent} (W3C Trace Context, version 00)
 */
public record TaskOrigin(
        String sourceId, String model, String tenant, int priority, String correlationId, String traceContext) {
    /** The priority of a submit that names none. */
    public static final int NORMAL_PRIORITY = 4;

    /** The priority of a submit that passes all others; the lowest is 0. */
    public static final int HIGHEST_PRIORITY = 9;

    /** Nothing is known. */
    public static final TaskOrigin UNKNOWN = new TaskOrigin(null, null, null, NORMAL_PRIORITY, null, null);
}
