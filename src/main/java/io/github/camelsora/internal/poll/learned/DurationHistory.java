package io.github.camelsora.internal.poll.learned;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.poll.schedule.TaskProfile;
import io.github.camelsora.internal.toapis.TaskJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long tasks have taken, by their kind, and the plans that follow from that. It is kept in memory, and read back from
 * the ledger when that is on disk. Thread-safe.
 */
public final class DurationHistory {
    private static final Logger LOG = LoggerFactory.getLogger(DurationHistory.class);

    /** With fewer ends than these there is nothing to learn from. */
    static final int FEWEST_ENDS = 8;

    private static final int MOST_RECALLED = 500;
    private static final int MOST_KINDS = 100;
    // Until then each end says much that is new; after it a plan is made for some at a time.
    private static final int EARLY_ENDS = 20;
    private static final int ENDS_PER_PLAN = 5;

    private final Map<TaskProfile, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskProfile, Entry> eldest) {
            return size() > MOST_KINDS;
        }
    };
    private boolean isRecalled;

    /** Creates a history of nothing. */
    public DurationHistory() {}

    /** What is counted of one kind, and the plans made of that, one for each pace that they are compared with. */
    private static final class Entry {
        final CompletionCounts counts = new CompletionCounts();
        final Map<List<Duration>, PollPlan> plans = new HashMap<>();
        int plannedAt;

        void ended(CompletionObservation end) {
            counts.ended(end.from(), end.earliest(), end.latest());
            if (counts.count() <= EARLY_ENDS || counts.count() - plannedAt >= ENDS_PER_PLAN) {
                plannedAt = counts.count();
                plans.clear();
            }
        }
    }

    /**
     * Reads what a ledger on disk knows of tasks that were delivered; once, however often it is called. What cannot be read is
     * learned anew.
     *
     * @param ledger the ledger
     */
    public void loadFrom(TaskLedger ledger) {
        if (isRecalled()) {
            return;
        }
        try {
            List<TaskRecord> newestFirst = ledger.findLastDelivered(MOST_RECALLED);
            loadFrom(newestFirst);
        } catch (RuntimeException e) {
            LOG.warn("The ledger could not be asked how long tasks take; it is learned anew", e);
        }
    }

    private synchronized boolean isRecalled() {
        return isRecalled;
    }

    private synchronized void loadFrom(List<TaskRecord> newestFirst) {
        if (isRecalled) {
            return;
        }
        isRecalled = true;
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            loadFrom(newestFirst.get(i));
        }
    }

    private void loadFrom(TaskRecord record) {
        Instant accepted = record.times().acceptedAt();
        Instant ended = record.times().endedAt();
        if (accepted == null || ended == null || record.result() == null) {
            return;
        }
        try {
            VideoTask result = TaskJson.read(record.result());
            Optional<CompletionObservation> end =
                    CompletionObservation.of(null, Duration.between(accepted, ended), result);
            TaskProfile.of(record)
                    .ifPresent(kind -> end.ifPresent(seen -> entry(kind).ended(seen)));
        } catch (IllegalArgumentException e) {
            LOG.debug("{} cannot be read, so nothing is learned of it", record, e);
        }
    }

    /** A task was running at both of two ages. */
    synchronized void running(TaskProfile kind, Duration from, Duration to) {
        entry(kind).counts.running(CompletionObservation.seconds(from), CompletionObservation.seconds(to));
    }

    /** A task has ended. */
    synchronized void ended(TaskProfile kind, CompletionObservation end) {
        entry(kind).ended(end);
    }

    /**
     * When to ask for tasks of a kind.
     *
     * @param kind the kind
     * @param initialDelay the first question by the vendor's advice
     * @param interval the mean interval by the vendor's advice
     * @return the plan; empty while too little is known
     */
    synchronized Optional<PollPlan> plan(TaskProfile kind, Duration initialDelay, Duration interval) {
        Entry entry = entry(kind);
        return entry.counts.count() < FEWEST_ENDS
                ? Optional.empty()
                : Optional.of(entry.plans.computeIfAbsent(
                        List.of(initialDelay, interval),
                        pace -> PollPlan.of(entry.counts.rates(), initialDelay, interval)));
    }

    private Entry entry(TaskProfile kind) {
        return entries.computeIfAbsent(kind, k -> new Entry());
    }
}
