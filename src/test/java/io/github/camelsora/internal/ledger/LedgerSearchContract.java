package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskOrigin;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskSort;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator searches and counts. */
interface LedgerSearchContract extends LedgerUnderTest {
    Instant NOON = LedgerRecords.NOON;

    default LedgerSearch search() {
        return ledger().search().orElseThrow();
    }

    /** The records that a filter finds, as account/key, the oldest first. */
    default List<String> found(TaskFilter filter) {
        return found(filter, TaskPage.first(100).sortedBy(TaskSort.CREATED, false));
    }

    default List<String> found(TaskFilter filter, TaskPage page) {
        return search().find(filter, page).stream()
                .map(record -> record.account() + "/" + record.key())
                .toList();
    }

    default TaskRecord adding(String account, String key) {
        return added(LedgerRecords.intent(account, key));
    }

    default TaskRecord priced(String account, String key, TaskState state, String estimated, String charged) {
        TaskRecord record = LedgerRecords.intent(account, key).withState(state);
        return added(record.withPrice(new TaskPrice(decimal(estimated), decimal(charged))));
    }

    private static BigDecimal decimal(String value) {
        return value == null ? null : new BigDecimal(value);
    }

    private static TaskOrigin origin(String model, String tenant, String correlationId) {
        return new TaskOrigin(null, model, tenant, TaskOrigin.NORMAL_PRIORITY, correlationId, null);
    }

    /** Three records that differ in all that a filter knows. */
    default void addThree() {
        TaskRecord first = LedgerRecords.with(LedgerRecords.createdAt("a", "Order-1", NOON), "invoices", null);
        added(LedgerRecords.withOrigin(first, origin("sora-2", "north", "process-1"))
                .accepted("video_AB", NOON, NOON));
        added(LedgerRecords.createdAt("a", "plain", NOON.plusSeconds(1)).withState(TaskState.UNKNOWN));
        TaskRecord third =
                LedgerRecords.with(LedgerRecords.createdAt("b", "order-3", NOON.plusSeconds(2)), "letters", null);
        added(LedgerRecords.withOrigin(third, origin("sora-2-pro", "south", "process-3"))
                .withState(TaskState.REJECTED));
    }

    @Test
    default void aRecordIsFoundAsItIs() {
        TaskRecord record = standing(TaskState.DELIVERED);

        assertThat(search().find(TaskFilter.ALL, TaskPage.first(10))).containsExactly(record);
    }

    static Stream<Arguments> conditions() {
        String first = "a/Order-1";
        String second = "a/plain";
        String third = "b/order-3";
        TaskFilter all = TaskFilter.ALL;
        return Stream.of(
                Arguments.of(all, List.of(first, second, third)),
                Arguments.of(all.withAccount("a"), List.of(first, second)),
                Arguments.of(all.withAccount("A"), List.of()),
                Arguments.of(all.withStates(TaskState.UNKNOWN), List.of(second)),
                Arguments.of(all.withStates(TaskState.RUNNING, TaskState.REJECTED), List.of(first, third)),
                Arguments.of(all.withStates(TaskState.values()), List.of(first, second, third)),
                Arguments.of(all.withTag("invoices"), List.of(first)),
                Arguments.of(all.withTag("invoice"), List.of()),
                Arguments.of(all.withTenant("south"), List.of(third)),
                Arguments.of(all.withModel("sora-2"), List.of(first)),
                Arguments.of(all.withCorrelationId("process-3"), List.of(third)),
                Arguments.of(all.withCreatedBefore(NOON), List.of()),
                Arguments.of(all.withCreatedBefore(NOON.plusSeconds(1)), List.of(first)),
                Arguments.of(all.withCreatedBefore(NOON.plusSeconds(1).plusNanos(1)), List.of(first, second)),
                Arguments.of(all.withCreatedAfter(NOON.plusSeconds(1)), List.of(second, third)),
                Arguments.of(all.withCreatedAfter(NOON.plusSeconds(1).plusNanos(1)), List.of(third)),
                Arguments.of(all.withText("ORDER-"), List.of(first, third)),
                Arguments.of(all.withText("deo_ab"), List.of(first)),
                Arguments.of(all.withText("video_abc"), List.of()),
                Arguments.of(
                        all.withAccount("a")
                                .withStates(TaskState.RUNNING, TaskState.ENDED)
                                .withTag("invoices")
                                .withTenant("north")
                                .withModel("sora-2")
                                .withCorrelationId("process-1")
                                .withText("order")
                                .withCreatedBefore(NOON.plusSeconds(1))
                                .withCreatedAfter(NOON),
                        List.of(first)),
                Arguments.of(all.withAccount("b").withTag("invoices"), List.of()),
                Arguments.of(all.withText("order").withAccount("b"), List.of(third)));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("io.github.camelsora.internal.ledger.LedgerSearchContract#conditions")
    default void aFilterFindsTheRecordsThatMeetItsConditions(TaskFilter filter, List<String> expected) {
        addThree();

        assertThat(found(filter)).isEqualTo(expected);
        assertThat(search().count(filter).stream().mapToLong(TaskCount::tasks).sum())
                .isEqualTo(expected.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "'", "\"", "!", "?", "${x}", "a b", "Größe", "💡"})
    default void noCharacterOfATextIsSpecial(String text) {
        adding("default", "key-1");
        adding("default", "with " + text + " in it");

        assertThat(found(TaskFilter.ALL.withText(text))).containsExactly("default/with " + text + " in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR '1' = '1", "\\' OR 1 = 1 --", "\"; DROP TABLE sora_task; --"})
    default void aFilterIsNeverReadAsSql(String text) {
        adding("default", "key-1");

        assertThat(Stream.of(
                        TaskFilter.ALL.withAccount(text),
                        TaskFilter.ALL.withTag(text),
                        TaskFilter.ALL.withTenant(text),
                        TaskFilter.ALL.withModel(text),
                        TaskFilter.ALL.withCorrelationId(text),
                        TaskFilter.ALL.withText(text)))
                .allSatisfy(filter -> assertThat(found(filter)).isEmpty());
        assertThat(search().oldestUndelivered(text)).isEmpty();
        assertThat(found(TaskFilter.ALL)).hasSize(1);
    }

    @Test
    default void aRecordWithoutATimeIsNeitherOlderNorYounger() {
        added(LedgerRecords.createdAt("default", "key-1", null));

        assertThat(found(TaskFilter.ALL)).hasSize(1);
        assertThat(found(TaskFilter.ALL.withCreatedBefore(NOON))).isEmpty();
        assertThat(found(TaskFilter.ALL.withCreatedAfter(Instant.EPOCH))).isEmpty();
    }

    @Test
    default void anEmptyLedgerFindsNothing() {
        assertThat(search().find(TaskFilter.ALL, TaskPage.first(10))).isEmpty();
        assertThat(search().count(TaskFilter.ALL)).isEmpty();
        assertThat(search().oldestUndelivered(null)).isEmpty();
    }

    static Stream<Arguments> sorts() {
        return Stream.of(
                Arguments.of(TaskSort.CREATED, List.of("low", "high", "unknown")),
                Arguments.of(TaskSort.ENDED, List.of("high", "low", "unknown")),
                Arguments.of(TaskSort.EXPIRES, List.of("high", "low", "unknown")),
                Arguments.of(TaskSort.PRICE, List.of("high", "low", "unknown")));
    }

    /** The keys say the order of creation; in all else it is the other way round. */
    @ParameterizedTest
    @MethodSource("io.github.camelsora.internal.ledger.LedgerSearchContract#sorts")
    default void recordsAreSortedAndTheUnknownComeLast(TaskSort sort, List<String> ascending) {
        added(LedgerRecords.createdAt("default", "unknown", null));
        added(LedgerRecords.createdAt("default", "low", NOON)
                .withPrice(new TaskPrice(decimal("1"), decimal("100")))
                .ended("{}", NOON.plusSeconds(9))
                .expiringAt(NOON.plusSeconds(90)));
        added(LedgerRecords.createdAt("default", "high", NOON.plusSeconds(1))
                .withPrice(new TaskPrice(decimal("20.5"), null))
                .ended("{}", NOON.plusSeconds(8))
                .expiringAt(NOON.plusSeconds(80)));
        List<String> descending = List.of(ascending.get(1), ascending.get(0), "unknown");

        assertThat(search().find(TaskFilter.ALL, TaskPage.first(10).sortedBy(sort, false)))
                .extracting(TaskRecord::key)
                .isEqualTo(ascending);
        assertThat(search().find(TaskFilter.ALL, TaskPage.first(10).sortedBy(sort, true)))
                .extracting(TaskRecord::key)
                .isEqualTo(descending);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void equalRecordsAreSortedByAccountAndKey(boolean isDescending) {
        adding("b", "key-1");
        adding("a", "key-2");
        adding("a", "key-1");

        assertThat(found(TaskFilter.ALL, TaskPage.first(10).sortedBy(TaskSort.CREATED, isDescending)))
                .containsExactly("a/key-1", "a/key-2", "b/key-1");
    }

    @Test
    default void pagesHaveNoGapsAndNoRepeats() {
        List<String> all = IntStream.range(100, 150)
                .mapToObj(i -> {
                    // Only five times, so that most records are equal in what they are sorted by.
                    added(LedgerRecords.createdAt("default", "key-" + i, NOON.plusSeconds(i / 10)));
                    return "default/key-" + i;
                })
                .toList();

        List<String> read = new ArrayList<>();
        TaskPage page = TaskPage.first(7).sortedBy(TaskSort.CREATED, false);
        for (int i = 0; i < 8; i++) {
            List<String> found = found(TaskFilter.ALL, page);
            assertThat(found).hasSize(i < 7 ? 7 : 1);
            read.addAll(found);
            page = page.next();
        }

        assertThat(read).isEqualTo(all);
        assertThat(found(TaskFilter.ALL, page)).isEmpty();
    }

    @Test
    default void recordsAreCountedByAccountAndStateWithTheirPrices() {
        priced("b", "key-1", TaskState.RUNNING, "20", null);
        priced("a", "key-1", TaskState.RUNNING, "20.5", "18.25");
        priced("a", "key-2", TaskState.RUNNING, "0.75", null);
        priced("a", "key-3", TaskState.RUNNING, null, "1");
        priced("a", "key-4", TaskState.RUNNING, null, null);
        priced("a", "key-5", TaskState.UNKNOWN, null, null);

        assertThat(search().count(TaskFilter.ALL))
                .containsExactly(
                        new TaskCount("a", TaskState.UNKNOWN, 1, BigDecimal.ZERO, 1),
                        new TaskCount("a", TaskState.RUNNING, 4, new BigDecimal("20"), 1),
                        new TaskCount("b", TaskState.RUNNING, 1, new BigDecimal("20"), 0));
        assertThat(search().count(TaskFilter.ALL.withAccount("b").withStates(TaskState.RUNNING)))
                .containsExactly(new TaskCount("b", TaskState.RUNNING, 1, new BigDecimal("20"), 0));
    }

    private static TaskRecord endedAt(String account, String key, Instant endedAt) {
        return LedgerRecords.running(account, key, "video_of_" + key)
                .ended("{}", endedAt)
                .dueAt(NOON.plusSeconds(99));
    }

    @Test
    default void theOldestUndeliveredResultIsTheOneThatEndedFirst() {
        added(endedAt("a", "key-1", NOON.plusSeconds(5)));
        added(endedAt("a", "key-2", NOON.plusSeconds(4)));
        added(endedAt("b", "key-1", NOON.plusSeconds(3)));

        assertThat(search().oldestUndelivered("a")).contains(NOON.plusSeconds(4));
        assertThat(search().oldestUndelivered("b")).contains(NOON.plusSeconds(3));
        assertThat(search().oldestUndelivered("c")).isEmpty();
        assertThat(search().oldestUndelivered(null)).contains(NOON.plusSeconds(3));
    }

    @Test
    default void whatWaitsForNoDeliveryIsNotUndelivered() {
        TaskRecord ended = endedAt("default", "key-1", NOON);
        added(ended.dueAt(null));
        added(endedAt("default", "key-2", NOON).delivered(NOON));
        added(endedAt("default", "key-3", NOON).withState(TaskState.SET_ASIDE));
        added(LedgerRecords.intent("default", "key-4")
                .withState(TaskState.UNKNOWN)
                .dueAt(NOON));

        assertThat(search().oldestUndelivered(null)).isEmpty();
    }

    @Test
    default void eachLedgerFindsAndCountsWhatALedgerInMemoryDoes() {
        MemoryTaskLedger memory = new MemoryTaskLedger(() -> NOON, 100);
        RandomTasks random = new RandomTasks(new Random(17));
        for (int i = 0; i < 90; i++) {
            TaskRecord record = random.record(i);
            ledger().add(record);
            memory.add(record);
        }
        LedgerSearch other = memory.search().orElseThrow();

        int hits = 0;
        for (int i = 0; i < 200; i++) {
            TaskFilter filter = random.filter();
            TaskPage page = random.page();
            hits += other.count(filter).isEmpty() ? 0 : 1;
            assertThat(search().find(filter, page)).as("%s %s", filter, page).isEqualTo(other.find(filter, page));
            assertThat(search().count(filter)).as("%s", filter).isEqualTo(other.count(filter));
            assertThat(search().oldestUndelivered(filter.account()))
                    .isEqualTo(other.oldestUndelivered(filter.account()));
        }
        assertThat(hits).isBetween(80, 190);
    }

    /** Records and filters of few values, so that many meet. */
    final class RandomTasks {
        private final Random random;

        RandomTasks(Random random) {
            this.random = random;
        }

        /** The number in its key is what the order of keys hangs on, whatever the language of the database. */
        TaskRecord record(int number) {
            String key = "key" + (100 + number) + pick("", "%", "_a", "\\Ab", " \"'é");
            TaskRecord record = LedgerRecords.createdAt(pick("a", "b", "c"), key, time());
            TaskRecord labelled = LedgerRecords.with(record, pick(null, "invoices", "letters"), null);
            TaskRecord ended = LedgerRecords.withOrigin(labelled, origin())
                    .accepted(pick(null, "video_" + number, "VIDEO%" + number), NOON, NOON)
                    .ended(null, time());
            return ended.withPrice(new TaskPrice(credits(), credits()))
                    .expiringAt(time())
                    .dueAt(pick(null, NOON))
                    .withState(pick(TaskState.values()));
        }

        TaskOrigin origin() {
            return LedgerSearchContract.origin(
                    pick(null, "sora-2", "sora-2-pro"), pick(null, "north", "south"), pick(null, "p-1", "p-2"));
        }

        TaskFilter filter() {
            return new TaskFilter(
                    rarely(pick("a", "b", "d")),
                    random.nextBoolean() ? null : EnumSet.of(pick(TaskState.values()), pick(TaskState.values())),
                    rarely(pick("invoices", "letters")),
                    rarely(pick("north", "west")),
                    rarely(pick("sora-2", "sora-2-pro")),
                    rarely(pick("p-1", "p-2")),
                    rarely(pick("KEY1", "1", "_", "%", "a", "b", "\\", "\"", "video")),
                    rarely(NOON.plusMillis(random.nextInt(5))),
                    rarely(NOON.plusMillis(random.nextInt(5))));
        }

        TaskPage page() {
            return new TaskPage(
                    random.nextInt(4), 1 + random.nextInt(50), pick(TaskSort.values()), random.nextBoolean());
        }

        private Instant time() {
            return pick(null, NOON.plusMillis(random.nextInt(5)));
        }

        private BigDecimal credits() {
            return pick(null, BigDecimal.valueOf(random.nextInt(40), 1));
        }

        private <T> T rarely(T value) {
            return random.nextInt(3) == 0 ? value : null;
        }

        @SafeVarargs
        private <T> T pick(T... values) {
            return values[random.nextInt(values.length)];
        }
    }
}
