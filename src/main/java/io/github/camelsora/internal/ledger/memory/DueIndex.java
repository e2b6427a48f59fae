package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.TaskRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The records of a ledger in memory that wait for a delivery, those of an account in the order in which they expire, so that
 * a search for a few need not sort them all. Not thread-safe: its ledger guards it.
 */
final class DueIndex {
    private static final Comparator<TaskRecord> FIRST_TO_EXPIRE_FIRST = Comparator.comparing(
                    (TaskRecord record) -> record.due().expiresAt(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(record -> record.due().nextDelivery())
            .thenComparing(TaskRecord::key);

    private final Map<String, TreeSet<TaskRecord>> byAccount = new HashMap<>();

    /** Adds a record, if it has a next delivery. */
    void add(TaskRecord record) {
        if (record.due().nextDelivery() != null) {
            byAccount
                    .computeIfAbsent(record.account(), account -> new TreeSet<>(FIRST_TO_EXPIRE_FIRST))
                    .add(record);
        }
    }

    /** Removes a record; it must be equal to the one that was added. */
    void remove(TaskRecord record) {
        if (record.due().nextDelivery() != null) {
            TreeSet<TaskRecord> due = byAccount.get(record.account());
            due.remove(record);
            if (due.isEmpty()) {
                byAccount.remove(record.account());
            }
        }
    }

    /** All records, of any account. */
    Stream<TaskRecord> all() {
        return byAccount.values().stream().flatMap(TreeSet::stream);
    }

    /** The records that are due now and have a tag; null for any tag, or none. */
    List<TaskRecord> find(String account, String tag, Instant now, int limit) {
        TreeSet<TaskRecord> due = byAccount.get(account);
        if (due == null) {
            return List.of();
        }
        return due.stream()
                .filter(record -> !record.due().nextDelivery().isAfter(now))
                .filter(record -> tag == null || Objects.equals(tag, record.tag()))
                .limit(limit)
                .toList();
    }
}
