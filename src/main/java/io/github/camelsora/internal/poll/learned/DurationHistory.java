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
 * How long tasks have taken, by their profile, and the poll plans and expected ends that result. It is in memory, and is loaded from the ledger
 * when that is on disk. Thread-safe.
 */
public final class DurationHistory {
    private static final Logger LOG = LoggerFactory.getLogger(DurationHistory.class);

    /** With fewer completions there is no plan, and no expected end. */
    static final int FEWEST_ENDS = 8;

    private static final int MOST_LOADED = 500;
    private static final int MOST_PROFILES = 100;
    // Until then each completion changes the plan; later ones change it a few at a time.
    private static final int EARLY_ENDS = 20;
    private static final int ENDS_PER_PLAN = 5;

    private final Map<TaskProfile, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskProfile, Entry> eldest) {
            return size() > MOST_PROFILES;
        }
    };
    private boolean isLoaded;

    /** Creates an empty history. */
    public DurationHistory() {}

    /** The counts of one profile, and what is made of them: a plan for each fixed schedule that it is compared with. */
    private static final class Entry {
        final CompletionCounts counts = new CompletionCounts();
        final Map<List<Duration>, PollPlan> plans = new HashMap<>();
        RemainingTime remaining;
        int plannedAt;

        Optional<Duration> remaining(Duration age) {
            if (counts.count() < FEWEST_ENDS) {
                return Optional.empty();
            }
            if (remaining == null) {
                remaining = RemainingTime.of(counts.rates());
            }
            return remaining.after(age);
        }

        void ended(CompletionObservation end) {
            counts.ended(end.from(), end.earliest(), end.latest());
            if (counts.count() <= EARLY_ENDS || counts.count() - plannedAt >= ENDS_PER_PLAN) {
                plannedAt = counts.count();
                plans.clear();
                remaining = null;
            }
        }
    }

    /**
     * Loads the durations of delivered tasks from a ledger, once, however often it is called. After a failure the history
     * starts empty.
     *
     * @param ledger the ledger
     */
    public void loadFrom(TaskLedger ledger) {
        if (isLoaded()) {
            return;
        }
        try {
            List<TaskRecord> newestFirst = ledger.findLastDelivered(MOST_LOADED);
            loadFrom(newestFirst);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The durations of earlier tasks could not be read from the ledger; poll times are learned anew", e);
        }
    }

    private synchronized boolean isLoaded() {
        return isLoaded;
    }

    private synchronized void loadFrom(List<TaskRecord> newestFirst) {
        if (isLoaded) {
            return;
        }
        isLoaded = true;
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
                    .ifPresent(profile -> end.ifPresent(seen -> entry(profile).ended(seen)));
        } catch (IllegalArgumentException e) {
            LOG.debug("The result in {} cannot be read; poll times are learned without it", record, e);
        }
    }

    /** A task was running at two ages. */
    synchronized void running(TaskProfile profile, Duration from, Duration to) {
        entry(profile).counts.running(CompletionObservation.seconds(from), CompletionObservation.seconds(to));
    }

    /** A task has ended. */
    synchronized void ended(TaskProfile profile, CompletionObservation end) {
        entry(profile).ended(end);
    }

    /**
     * When to poll tasks of a profile.
     *
     * @param profile the profile
     * @param initialDelay the first poll of the fixed schedule
     * @param interval the mean interval of the fixed schedule
     * @return the plan; empty while too little is known
     */
    synchronized Optional<PollPlan> plan(TaskProfile profile, Duration initialDelay, Duration interval) {
        Entry entry = entry(profile);
        return entry.counts.count() < FEWEST_ENDS
                ? Optional.empty()
                : Optional.of(entry.plans.computeIfAbsent(
                        List.of(initialDelay, interval),
                        schedule -> PollPlan.of(entry.counts.rates(), initialDelay, interval)));
    }

    /**
     * For how much longer a task of a profile is expected to run.
     *
     * @param profile the profile
     * @param age the age at which the task runs
     * @return the median; empty while too little is known
     */
    synchronized Optional<Duration> remaining(TaskProfile profile, Duration age) {
        Entry entry = entries.get(profile);
        return entry == null ? Optional.empty() : entry.remaining(age);
    }

    /**
     * What is known of the tasks of a profile.
     *
     * @param profile the profile
     * @param ends how many have ended
     * @param median the age that half of them reach; empty while too little is known
     */
    public record Learned(TaskProfile profile, int ends, Optional<Duration> median) {}

    /** What is known of each profile; the one that was used last comes last. */
    public synchronized List<Learned> learned() {
        return entries.entrySet().stream()
                .map(entry -> new Learned(
                        entry.getKey(),
                        entry.getValue().counts.count(),
                        entry.getValue().remaining(Duration.ZERO)))
                .toList();
    }

    private Entry entry(TaskProfile profile) {
        return entries.computeIfAbsent(profile, p -> new Entry());
    }
}
