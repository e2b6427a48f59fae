package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskRecord;
import java.util.Map;

/**
 * What a route attaches to a task, to find it again or to have it treated in its own way. No label is a part of the request.
 *
 * @param tag the name by which a route asks for it; null for none
 * @param headers headers that are set again with the result
 * @param origin where its request comes from
 */
public record TaskLabels(String tag, Map<String, Object> headers, TaskOrigin origin) {
    /** The most characters of a tag, a tenant, and a correlation id, as in the tables of a ledger (1.sql). */
    public static final int LONGEST_TAG = 200;

    public static final int LONGEST_TENANT = 200;
    public static final int LONGEST_CORRELATION_ID = 500;
    /** Nothing. */
    public static final TaskLabels NONE = new TaskLabels(null, Map.of(), TaskOrigin.UNKNOWN);

    /** The labels of a record. */
    public static TaskLabels of(TaskRecord record) {
        return new TaskLabels(record.tag(), record.carriedHeaders(), record.origin());
    }

    /** With another origin. */
    public TaskLabels withOrigin(TaskOrigin newOrigin) {
        return new TaskLabels(tag, headers, newOrigin);
    }
}
