package io.github.camelsora.api;

import java.time.Instant;

/**
 * One video in the lineage of another: what it was made from, and what was made from it. A value that is not known is null.
 *
 * @param generation 0 for the video that was asked about, -1 for its source, 1 for what was made from it, and so on
 * @param taskId the service's id of its task
 * @param key the key that it was submitted under; null for a video that is not in the ledger, of which only the id is known
 * @param sourceId the service's id of the video that it was made from
 * @param operation the operation that submitted it, say {@code remix}
 * @param model the model that made it
 * @param state its state in the ledger
 * @param createdAt when its submit began
 * @param price what it costs
 */
public record LineageEntry(
        int generation,
        String taskId,
        String key,
        String sourceId,
        String operation,
        String model,
        TaskState state,
        Instant createdAt,
        TaskPrice price) {

    /**
     * The entry of a record.
     *
     * @param generation its distance from the video that was asked about
     * @param record the record
     * @return the entry
     */
    public static LineageEntry of(int generation, TaskRecord record) {
        return new LineageEntry(
                generation,
                record.taskId(),
                record.key(),
                record.origin().sourceId(),
                record.operation(),
                record.origin().model(),
                record.state(),
                record.times().createdAt(),
                record.price());
    }

    /**
     * The entry of a video that is not in the ledger, say because it was made elsewhere.
     *
     * @param generation its distance from the video that was asked about
     * @param taskId the service's id
     * @return the entry
     */
    public static LineageEntry unknown(int generation, String taskId) {
        return new LineageEntry(generation, taskId, null, null, null, null, null, null, TaskPrice.UNKNOWN);
    }
}
