package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.toapis.TaskJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a video was made from and what was made from it, as far as the ledger knows. Sources are ids that routes name, so
 * they can form a circle, and a popular video has any number of remixes: each record is listed once, and the list is bounded.
 */
public final class Lineage {
    /** The most entries of a lineage. */
    public static final int MOST_ENTRIES = 1_000;

    private final TaskLedger ledger;
    private final String account;
    private final Set<TaskKey> seen = new HashSet<>();
    private final List<LineageEntry> entries = new ArrayList<>();

    private Lineage(TaskLedger ledger, String account) {
        this.ledger = ledger;
        this.account = account;
    }

    /**
     * Finds the lineage of a video.
     *
     * @param ledger the ledger to read
     * @param account the account that pays
     * @param keyOrTaskId the key of its task, or the service's id of it; a key is tried first
     * @return the videos by generation, the oldest first; empty when the ledger knows nothing of it
     */
    public static List<LineageEntry> find(TaskLedger ledger, String account, String keyOrTaskId) {
        Lineage lineage = new Lineage(ledger, account);
        Optional<TaskRecord> start =
                ledger.find(account, keyOrTaskId).or(() -> ledger.findByTaskId(account, keyOrTaskId));
        start.ifPresentOrElse(lineage::findAll, () -> lineage.findOfUnknown(keyOrTaskId));
        return lineage.entries;
    }

    private void findAll(TaskRecord start) {
        addOnce(0, start);
        addSources(start);
        addMadeFrom(1, List.of(start));
        entries.sort(Comparator.comparingInt(LineageEntry::generation));
    }

    /** A video that was made elsewhere may have been the source of tasks here. */
    private void findOfUnknown(String taskId) {
        List<TaskRecord> made = madeFrom(1, taskId);
        if (!made.isEmpty()) {
            if (!hasRoom()) {
                entries.remove(entries.size() - 1);
            }
            entries.add(0, LineageEntry.unknown(0, taskId));
            addMadeFrom(2, made);
        }
    }

    private void addSources(TaskRecord start) {
        int generation = -1;
        String sourceId = start.origin().sourceId();
        while (sourceId != null && hasRoom()) {
            Optional<TaskRecord> source = ledger.findByTaskId(account, sourceId);
            if (source.isEmpty()) {
                entries.add(LineageEntry.unknown(generation, sourceId));
                return;
            }
            if (!addOnce(generation, source.get())) {
                return;
            }
            sourceId = source.get().origin().sourceId();
            generation--;
        }
    }

    private void addMadeFrom(int firstGeneration, List<TaskRecord> sources) {
        List<TaskRecord> generation = sources;
        for (int number = firstGeneration; !generation.isEmpty(); number++) {
            List<TaskRecord> next = new ArrayList<>();
            for (TaskRecord source : generation) {
                for (String id : ids(source)) {
                    next.addAll(madeFrom(number, id));
                }
            }
            generation = next;
        }
    }

    private List<TaskRecord> madeFrom(int generation, String sourceId) {
        return hasRoom()
                ? ledger.findBySource(account, sourceId, MOST_ENTRIES).stream()
                        .filter(record -> addOnce(generation, record))
                        .toList()
                : List.of();
    }

    /** False when the record is listed already, or the list is full. */
    private boolean addOnce(int generation, TaskRecord record) {
        if (!hasRoom() || !seen.add(TaskKey.of(record))) {
            return false;
        }
        entries.add(LineageEntry.of(generation, record));
        return true;
    }

    private boolean hasRoom() {
        return entries.size() < MOST_ENTRIES;
    }

    /** The ids of a task: that of its record, and the form in which the service wrote it when it had ended. */
    private static Set<String> ids(TaskRecord record) {
        Set<String> ids = new LinkedHashSet<>();
        if (record.taskId() != null) {
            ids.add(record.taskId());
        }
        if (record.result() != null) {
            List.of("id", "task_id").forEach(field -> {
                if (TaskJson.read(record.result()).raw().get(field) instanceof String id) {
                    ids.add(id);
                }
            });
        }
        return ids;
    }
}
