package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskSort;
import io.github.camelsora.internal.ledger.LedgerAccessException;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.operator.ActionRules;
import io.github.camelsora.internal.operator.PreparedActions;
import io.github.camelsora.internal.operator.PreviewedRecord;
import io.github.camelsora.internal.runtime.SoraRuntime;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Actions on all records of a filter, or on those of chosen keys: a preview counts them, and its token acts on exactly these records,
 * each as it was then.
 */
final class ManyRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ManyRecords.class);
    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_NAMED = 20;

    private final SoraRuntime runtime;
    private final Supplier<LedgerSearch> search;
    private final PreparedActions prepared;

    ManyRecords(SoraRuntime runtime, Supplier<LedgerSearch> search) {
        this.runtime = runtime;
        this.search = search;
        this.prepared = new PreparedActions(runtime.ledger()::now);
    }

    ActionPreview preview(LedgerAction action, TaskFilter filter) {
        checkForMany(action);
        if (filter.equals(TaskFilter.ALL)) {
            throw new IllegalArgumentException("The action " + action
                    + " needs a filter: without one it would be about all records of the ledger. Nothing was changed");
        }
        return preview(action, filter.toString(), findAll(filter));
    }

    /**
     * Previews an action on chosen keys.
     *
     * @param find finds the record of a key
     */
    ActionPreview preview(
            LedgerAction action, List<ActionResult.Key> keys, Function<ActionResult.Key, Optional<TaskRecord>> find) {
        checkForMany(action);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("No key is chosen. Nothing was changed");
        }
        if (keys.size() > MOST_RECORDS) {
            throw new IllegalArgumentException(
                    "More than " + MOST_RECORDS + " keys are chosen. Nothing was changed; choose fewer at a time");
        }
        Map<TaskKey, TaskRecord> records = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (ActionResult.Key key : keys) {
            find.apply(key)
                    .ifPresentOrElse(record -> records.put(TaskKey.of(record), record), () -> missing.add(name(key)));
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no task with " + joined(missing) + ". Nothing was changed; choose keys that have a task");
        }
        return preview(action, null, List.copyOf(records.values()));
    }

    private static void checkForMany(LedgerAction action) {
        if (!action.isForMany()) {
            throw new IllegalArgumentException(
                    "The action " + action
                            + " is done with one key at a time; retry, release, forget, erase and setAside can be done with many records");
        }
    }

    private static String name(ActionResult.Key key) {
        return key.account() == null ? "key " + key.key() : "key " + key.key() + " in account '" + key.account() + "'";
    }

    private static String joined(List<String> names) {
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMED ? first : first + ", and " + (names.size() - MOST_NAMED) + " more";
    }

    private ActionPreview preview(LedgerAction action, String filter, List<TaskRecord> found) {
        List<TaskRecord> records = new ArrayList<>();
        Map<ActionResult.Key, String> refused = new LinkedHashMap<>();
        for (TaskRecord record : found) {
            ActionRules.misfit(action, record)
                    .ifPresentOrElse(
                            reason -> refused.put(new ActionResult.Key(record.account(), record.key()), reason),
                            () -> records.add(record));
        }
        List<BigDecimal> prices = records.stream()
                .map(TaskRecord::price)
                .map(TaskPrice::known)
                .filter(Objects::nonNull)
                .toList();
        return new ActionPreview(
                action,
                filter,
                records.size(),
                prices.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                records.size() - prices.size(),
                refused,
                prepared.keep(action, previewed(records)));
    }

    private List<TaskRecord> findAll(TaskFilter filter) {
        List<TaskRecord> records = new ArrayList<>();
        TaskPage page = TaskPage.first(TaskPage.LARGEST).sortedBy(TaskSort.CREATED, false);
        List<TaskRecord> found;
        do {
            found = search.get().find(filter, page);
            records.addAll(found);
            page = page.next();
            if (records.size() > MOST_RECORDS) {
                throw new IllegalArgumentException(
                        "More than " + MOST_RECORDS + " records are found. Nothing was changed; narrow the filter");
            }
        } while (found.size() == TaskPage.LARGEST);
        return records;
    }

    /**
     * Acts on the records of a token. If the ledger fails meanwhile, the token counts for the records that were not reached.
     *
     * @param one acts on a record, unless it was changed; false when it was
     */
    ActionResult act(LedgerAction action, String token, Predicate<TaskRecord> one) {
        Run run = new Run(one);
        List<PreviewedRecord> notReached = run.over(prepared.remove(action, token));
        if (!notReached.isEmpty()) {
            prepared.putBack(action, token, notReached);
        }
        return run.result(
                action,
                notReached,
                "When the ledger answers again, act with the same token: it counts for the keys that were not reached, for "
                        + PreparedActions.KEPT.toMinutes() + " minutes");
    }

    /** The same with all records of a filter, without a preview. */
    ActionResult act(LedgerAction action, TaskFilter filter, Predicate<TaskRecord> one) {
        Run run = new Run(one);
        List<PreviewedRecord> notReached = run.over(previewed(findAll(filter)));
        return run.result(action, notReached, "When the ledger answers again, give the command once more");
    }

    /** What an action has done so far. */
    private final class Run {
        private final Predicate<TaskRecord> one;
        private final List<ActionResult.Key> done = new ArrayList<>();
        private final List<ActionResult.Key> changed = new ArrayList<>();
        private final Map<ActionResult.Key, String> refused = new LinkedHashMap<>();
        private RuntimeException failure;

        Run(Predicate<TaskRecord> one) {
            this.one = one;
        }

        /** Acts on records until the ledger fails; returns those that were not reached, the one at which it failed as the last. */
        List<PreviewedRecord> over(List<PreviewedRecord> records) {
            for (int i = 0; i < records.size(); i++) {
                PreviewedRecord record = records.get(i);
                try {
                    (find(record).filter(one).isPresent() ? done : changed).add(keyOf(record));
                } catch (IllegalArgumentException | SoraException e) {
                    refused.put(keyOf(record), e.getMessage());
                } catch (RuntimeException e) {
                    failure = e;
                    // At the end, so that a record which always fails does not keep the others from being reached.
                    return Stream.concat(records.subList(i + 1, records.size()).stream(), Stream.of(record))
                            .toList();
                }
            }
            return List.of();
        }

        ActionResult result(LedgerAction action, List<PreviewedRecord> notReached, String remedy) {
            if (!done.isEmpty()) {
                runtime.housekeeper().trigger();
            }
            String problem = null;
            if (failure != null) {
                problem = "The ledger failed at key "
                        + notReached.get(notReached.size() - 1).key() + ": "
                        + LedgerAccessException.withoutAddress(failure.getMessage()) + ". "
                        + remedy;
                LOG.warn(
                        "The action {} of an operator has stopped: {} records were not reached. {}",
                        action,
                        notReached.size(),
                        problem,
                        failure);
            }
            return new ActionResult(
                    action,
                    done,
                    changed,
                    refused,
                    notReached.stream().map(ManyRecords::keyOf).toList(),
                    problem);
        }
    }

    private static List<PreviewedRecord> previewed(List<TaskRecord> records) {
        return records.stream().map(PreviewedRecord::of).toList();
    }

    private static ActionResult.Key keyOf(PreviewedRecord record) {
        return new ActionResult.Key(record.account(), record.key());
    }

    /** None if it was changed, so that it is named as such, and not refused for what it is now. */
    private Optional<TaskRecord> find(PreviewedRecord record) {
        return runtime.ledger().find(record.account(), record.key()).filter(record::isStill);
    }
}
