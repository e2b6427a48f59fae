package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskSort;
import io.github.camelsora.api.TaskState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches the records of a ledger in memory, in a copy of its list, so that the ledger is not locked meanwhile. Thread-safe. */
final class MemorySearch implements LedgerSearch {
    private final Supplier<List<TaskRecord>> records;
    private final Supplier<List<TaskRecord>> due;

    /**
     * Creates a search.
     *
     * @param records copies all records
     * @param due copies those that have a next delivery
     */
    MemorySearch(Supplier<List<TaskRecord>> records, Supplier<List<TaskRecord>> due) {
        this.records = records;
        this.due = due;
    }

    @Override
    public List<TaskRecord> find(TaskFilter filter, TaskPage page) {
        return matching(filter)
                .sorted(order(page))
                .skip(page.offset())
                .limit(page.limit())
                .toList();
    }

    private Stream<TaskRecord> matching(TaskFilter filter) {
        return records.get().stream().filter(filter::matches);
    }

    private static Comparator<TaskRecord> order(TaskPage page) {
        return by(page.sort(), page.isDescending())
                .thenComparing(TaskRecord::account)
                .thenComparing(TaskRecord::key);
    }

    private static Comparator<TaskRecord> by(TaskSort sort, boolean isDescending) {
        return switch (sort) {
            case CREATED -> by(record -> record.times().createdAt(), isDescending);
            case ENDED -> by(record -> record.times().endedAt(), isDescending);
            case EXPIRES -> by(record -> record.due().expiresAt(), isDescending);
            case PRICE -> by(record -> record.price().known(), isDescending);
        };
    }

    private static <T extends Comparable<T>> Comparator<TaskRecord> by(
            Function<TaskRecord, T> value, boolean isDescending) {
        Comparator<T> order = isDescending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing(value, Comparator.nullsLast(order));
    }

    @Override
    public List<TaskCount> count(TaskFilter filter) {
        Map<String, Map<TaskState, List<TaskPrice>>> prices = matching(filter)
                .collect(Collectors.groupingBy(
                        TaskRecord::account,
                        TreeMap::new,
                        Collectors.groupingBy(
                                TaskRecord::state,
                                () -> new EnumMap<>(TaskState.class),
                                Collectors.mapping(TaskRecord::price, Collectors.toList()))));
        return prices.entrySet().stream()
                .flatMap(account -> account.getValue().entrySet().stream()
                        .map(state -> count(account.getKey(), state.getKey(), state.getValue())))
                .toList();
    }

    private static TaskCount count(String account, TaskState state, List<TaskPrice> prices) {
        List<BigDecimal> known =
                prices.stream().map(TaskPrice::known).filter(Objects::nonNull).toList();
        BigDecimal sum = known.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new TaskCount(account, state, prices.size(), sum, prices.size() - known.size());
    }

    @Override
    public Optional<Instant> oldestUndelivered(String account) {
        return due.get().stream()
                .filter(record -> record.state() == TaskState.ENDED)
                .filter(record -> account == null || account.equals(record.account()))
                .map(record -> record.times().endedAt())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }
}
