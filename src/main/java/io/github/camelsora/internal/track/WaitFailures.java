package io.github.camelsora.internal.track;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.errors.WaitExceptions;
import io.github.camelsora.internal.ledger.TaskKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Fails the waiters of a key, because its submit has failed or is lost, or its record was forgotten. */
public final class WaitFailures {
    private final TaskEntries entries;
    private final TaskLedger ledger;

    public WaitFailures(TaskEntries entries, TaskLedger ledger) {
        this.entries = entries;
        this.ledger = ledger;
    }

    /** A submit was not accepted, or its outcome is not known. */
    public void fail(TaskKey key, SoraException reason) {
        entries.find(key).ifPresent(task -> task.failWaits(wait -> reason));
    }

    /** The key is that of another request: the submits that wait with a request of their own will not be sent. */
    public void failConflicting(TaskRecord standing) {
        entries.find(TaskKey.of(standing)).ifPresent(task -> task.failConflictingWaits(standing));
    }

    /**
     * Removes the record of a key and its entry here, and fails the waits for it: a later submit of the key begins anew.
     *
     * @param remove removes it from the ledger; false when it was changed meanwhile
     * @return false when it was not removed
     */
    public boolean removeAndFailWaits(TaskKey key, BooleanSupplier remove, SoraException reason) {
        Optional<TaskEntry> task = entries.find(key);
        if (task.isEmpty()) {
            return remove.getAsBoolean();
        }
        List<WaitHandle> waits;
        synchronized (task.get()) {
            if (!remove.getAsBoolean()) {
                return false;
            }
            waits = task.get().removeWaits(wait -> true);
            task.get().stopPolling();
            // Exchanges may still claim it. Their claims must not reach the next task of the key.
            entries.retire(task.get());
        }
        waits.forEach(wait -> wait.fail(reason));
        return true;
    }

    /**
     * Removes the entry of a key whose record an operator has had forgotten or retried, perhaps on another node: its waits
     * fail, and the claims on it do not reach the next task of the key.
     */
    public void dropForgotten(TaskKey key) {
        TaskRecord known = entries.find(key).map(TaskEntry::record).orElse(null);
        if (known == null) {
            return;
        }
        Optional<TaskRecord> standing = ledger.find(key.account(), key.key());
        boolean isAnother = standing.isEmpty() || !Objects.equals(standing.get().wireKey(), known.wireKey());
        if (isAnother && ledger.isForgotten(known)) {
            removeAndFailWaits(key, () -> true, WaitExceptions.forgotten(known));
        }
    }
}
