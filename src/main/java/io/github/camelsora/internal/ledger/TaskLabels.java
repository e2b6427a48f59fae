package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskRecord;
import java.util.Map;

/**
 * What a route attaches to a task, to find it again or to have it treated in its own way. No label is a part of the request.
 *
 * @param tag the name by which a route asks for it; null for none
 * @param headers headers that are set again with the result
 * @param tenant for whom it is made, where several share an account; null for no one in particular
 * @param priority its priority in the queue of submits, 0 to 9
 * @param correlationId the id of the business process that asks for it; null for none
 * @param traceContext the trace that its submit belongs to; null for none
 * @param sourceId the video that a request without one in its address changes; null for none
 */
public record TaskLabels(
        String tag,
        Map<String, Object> headers,
        String tenant,
        int priority,
        String correlationId,
        String traceContext,
        String sourceId) {
    /** The most characters of a tag, a tenant, and a correlation id, as in the tables of a ledger (1.sql). */
    public static final int LONGEST_TAG = 200;

    public static final int LONGEST_TENANT = 200;
    public static final int LONGEST_CORRELATION_ID = 500;
    /** Nothing. */
    public static final TaskLabels NONE = new TaskLabels(null, Map.of());

    /** Labels of a tag and headers only. */
    public TaskLabels(String tag, Map<String, Object> headers) {
        this(tag, headers, null, TaskOrigin.NORMAL_PRIORITY, null, null, null);
    }

    /** The labels of a record. */
    public static TaskLabels of(TaskRecord record) {
        TaskOrigin origin = record.origin();
        return new TaskLabels(
                record.tag(),
                record.carriedHeaders(),
                origin.tenant(),
                origin.priority(),
                origin.correlationId(),
                origin.traceContext(),
                origin.sourceId());
    }

    /** With the tenant that a task is made for. */
    public TaskLabels ofTenant(String newTenant) {
        return new TaskLabels(tag, headers, newTenant, priority, correlationId, traceContext, sourceId);
    }

    /** With a priority in the queue of submits. */
    public TaskLabels ofPriority(int newPriority) {
        return new TaskLabels(tag, headers, tenant, newPriority, correlationId, traceContext, sourceId);
    }

    /** With the id of the business process that a task belongs to. */
    public TaskLabels ofProcess(String newCorrelationId) {
        return new TaskLabels(tag, headers, tenant, priority, newCorrelationId, traceContext, sourceId);
    }

    /** With the video that a task is made from. */
    public TaskLabels ofSource(String newSourceId) {
        return new TaskLabels(tag, headers, tenant, priority, correlationId, traceContext, newSourceId);
    }

    /**
     * The origin of a task with these labels.
     *
     * @param videoId the video in the address of its request; null when there is none
     */
    public TaskOrigin origin(String videoId, String model) {
        return new TaskOrigin(
                videoId != null ? videoId : sourceId, model, tenant, priority, correlationId, traceContext);
    }
}
