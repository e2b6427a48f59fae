package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.Booking;
import io.github.camelsora.api.LedgerBook;
import io.github.camelsora.api.LedgerHistory;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.support.LogCapture;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guarded ledger is the ledger that it guards, and its errors are exceptions. */
class GuardedLedgerTest extends TaskLedgerContract {
    private volatile Instant time = LedgerRecords.NOON.plus(Duration.ofDays(1));

    @Override
    protected TaskLedger emptyLedger() {
        return new GuardedLedger(new MemoryTaskLedger(() -> time, 100));
    }

    @Override
    public void letLeaseRunOut(String node) {
        time = time.plus(LEASE);
    }

    private static final Set<String> ABILITIES = Set.of("book", "pauses", "history", "search");

    @Test
    void anErrorInsteadOfAnAbilityComesAsAFailureOfALedger() {
        TaskLedger broken = answering((proxy, method, arguments) -> {
            throw new NoClassDefFoundError("org/h2/Driver");
        });

        assertThatThrownBy(() -> new GuardedLedger(broken).book()).isInstanceOf(LedgerAccessException.class);
    }

    @Test
    void whatALedgerIsDoesNotEndAnOutage() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        GuardedLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> {
            if (method.getName().equals("isDurable")) {
                return true;
            }
            if (ABILITIES.contains(method.getName())) {
                return Optional.empty();
            }
            throw new IllegalStateException("The database is away");
        }));

        try (LogCapture log = new LogCapture(lines)) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> guarded.find("default", "key-1")).isInstanceOf(IllegalStateException.class);
                guarded.isDurable();
                guarded.book();
            }
        }

        assertThat(lines)
                .anyMatch(line -> line.contains("cannot be reached"))
                .noneMatch(line -> line.contains("can be reached again"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsAsDurableAsTheLedger(boolean isDurable) {
        TaskLedger guarded = new GuardedLedger(answering(
                (proxy, method, arguments) -> ABILITIES.contains(method.getName()) ? Optional.empty() : isDurable));

        assertThat(guarded.isDurable()).isEqualTo(isDurable);
    }

    // A ledger in memory has none, so the contract does not ask for them.
    @Test
    void itsLastDeliveredRecordsAreThoseOfTheLedger() {
        List<TaskRecord> delivered = List.of(LedgerRecords.running("default", "key-1", "video_1"));
        TaskLedger guarded = new GuardedLedger(answering(
                (proxy, method, arguments) -> ABILITIES.contains(method.getName()) ? Optional.empty() : delivered));

        assertThat(guarded.findLastDelivered(10)).isEqualTo(delivered);
    }

    static Stream<Named<Consumer<TaskLedger>>> calls() {
        return Stream.of(
                call("isDurable", TaskLedger::isDurable),
                call("add", ledger -> ledger.add(LedgerRecords.intent("default", "key-1"))),
                call("add", ledger -> ledger.add(LedgerWrite.of(LedgerRecords.intent("default", "key-1")))),
                call("replace", ledger -> ledger.replace(LedgerWrite.of(LedgerRecords.intent("default", "key-1")))),
                call("find", ledger -> ledger.find("default", "key-1")),
                call("findByTaskId", ledger -> ledger.findByTaskId("default", "video_1")),
                call("findByWireKey", ledger -> ledger.findByWireKey("default", "key-1~0123456789")),
                call("replace", ledger -> ledger.replace(LedgerRecords.intent("default", "key-1"))),
                call("replaceAll", ledger -> ledger.replaceAll(List.of())),
                call("forget", ledger -> ledger.forget(LedgerRecords.intent("default", "key-1"), null)),
                call("forget", ledger -> ledger.forget(LedgerRecords.intent("default", "key-1"), null, null)),
                call("erase", ledger -> ledger.erase(LedgerRecords.intent("default", "key-1"), null, null)),
                call("isForgotten", ledger -> ledger.isForgotten(LedgerRecords.intent("default", "key-1"))),
                call("isForgottenTask", ledger -> ledger.isForgottenTask("default", "video_1")),
                call("findBySource", ledger -> ledger.findBySource("default", "video_0", 10)),
                call("findDue", ledger -> ledger.findDue("default", null, 10)),
                call("findAbandoned", ledger -> ledger.findAbandoned("default", LedgerRecords.SERVICE, 10)),
                call("findOwned", ledger -> ledger.findOwned("default", "node-1")),
                call("findEnded", ledger -> ledger.findEnded("default", "node-1", LedgerRecords.NOON)),
                call("renewLease", ledger -> ledger.renewLease("node-1", LEASE)),
                call("releaseLease", ledger -> ledger.releaseLease("node-1")),
                call("isLive", ledger -> ledger.isLive("node-1")),
                call("removeClosed", ledger -> ledger.removeClosed(LedgerRecords.NOON, 10)),
                call("findLastDelivered", ledger -> ledger.findLastDelivered(10)));
    }

    static Stream<Named<Consumer<TaskLedger>>> callsOfAbilities() {
        AccountPause pause = LedgerPauseContract.pause("default");
        return Stream.of(
                call("held", ledger -> held(ledger).slices("blue", LedgerRecords.NOON)),
                call("since", ledger -> held(ledger).since(null, LedgerRecords.NOON)),
                call("slices", ledger -> held(ledger).slices(null, LedgerRecords.NOON)),
                call("findAll", ledger -> ledger.pauses().orElseThrow().findAll()),
                call("add", ledger -> ledger.pauses().orElseThrow().add(pause)),
                call("remove", ledger -> ledger.pauses().orElseThrow().remove(pause)),
                call("find", ledger -> ledger.history().orElseThrow().find("default", "key-1", 10)),
                call("findActions", ledger -> ledger.history().orElseThrow().findActions(null, 10)),
                call("add", ledger -> ledger.history().orElseThrow().add(LedgerHistoryContract.ACTION)),
                call("find", ledger -> search(ledger).find(TaskFilter.ALL, TaskPage.first(1))),
                call("count", ledger -> search(ledger).count(TaskFilter.ALL)),
                call("oldestUndelivered", ledger -> search(ledger).oldestUndelivered(null)));
    }

    private static LedgerSearch search(TaskLedger ledger) {
        return ledger.search().orElseThrow();
    }

    private static Booking.Held held(TaskLedger ledger) {
        return ledger.book().orElseThrow().held("default");
    }

    private static Named<Consumer<TaskLedger>> call(String name, Consumer<TaskLedger> call) {
        return Named.of(name, call);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anErrorOfItsCodeComesAsAFailureOfALedger(Consumer<TaskLedger> call) {
        TaskLedger guarded = new GuardedLedger(failingButOpening());

        assertThatThrownBy(() -> call.accept(guarded))
                .isInstanceOf(LedgerAccessException.class)
                .hasMessageStartingWith("The ledger failed to ")
                .hasMessageEndingWith("java.lang.NoClassDefFoundError: org/h2/Driver")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @ParameterizedTest
    @MethodSource("callsOfAbilities")
    void anErrorOfOneOfItsAbilitiesComesAsAFailureOfALedger(Consumer<TaskLedger> call) {
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> Optional.of(
                failing((Class<?>) ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0]))));

        assertThatThrownBy(() -> call.accept(guarded)).isInstanceOf(LedgerAccessException.class);
    }

    /** An ability each of whose methods fails, except that a book opens: then its reads fail. */
    private static Object failing(Class<?> ability) {
        return Proxy.newProxyInstance(
                ability.getClassLoader(), new Class<?>[] {ability}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == Booking.Held.class) {
                        return failing(Booking.Held.class);
                    }
                    throw new NoClassDefFoundError("org/h2/Driver");
                });
    }

    @Test
    void eachCallOfAnAbilityIsGuarded() {
        Stream<String> declared = Stream.of(
                        LedgerBook.class,
                        Booking.Held.class,
                        LedgerPauses.class,
                        LedgerHistory.class,
                        LedgerSearch.class)
                .flatMap(ability -> Arrays.stream(ability.getMethods()))
                .map(method -> method.getName());

        assertThat(callsOfAbilities().map(Named::getName)).containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    @Test
    void eachCallIsGuarded() {
        Stream<String> declared = Arrays.stream(TaskLedger.class.getMethods())
                .map(method -> method.getName())
                .filter(name -> !name.equals("now") && !ABILITIES.contains(name));

        assertThat(calls().map(Named::getName)).containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    @Test
    void aClockThatFailsGoesOnFromTheTimeThatItSaidLast() {
        Queue<Instant> times = new ArrayDeque<>(List.of(LedgerRecords.NOON));
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) ->
                ABILITIES.contains(method.getName()) ? Optional.empty() : times.remove()));
        guarded.now();

        Instant first = guarded.now();
        Instant second = guarded.now();

        assertThat(first).isBetween(LedgerRecords.NOON, LedgerRecords.NOON.plus(Duration.ofHours(1)));
        assertThat(second).isAfterOrEqualTo(first);
    }

    @Test
    void aClockThatSaysNothingGoesOnFromTheTimeThatItSaidLast() {
        Queue<Instant> times = new ArrayDeque<>(List.of(LedgerRecords.NOON));
        TaskLedger guarded = new GuardedLedger(answering(
                (proxy, method, arguments) -> ABILITIES.contains(method.getName()) ? Optional.empty() : times.poll()));
        guarded.now();

        assertThat(guarded.now()).isBetween(LedgerRecords.NOON, LedgerRecords.NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void aClockThatFailsFromTheBeginningGoesOnFromThatOfTheJvm() {
        Instant before = Instant.now();
        TaskLedger guarded = new GuardedLedger(failingButOpening());

        assertThat(guarded.now()).isBetween(before.minusSeconds(60), before.plus(Duration.ofHours(1)));
    }

    /** A ledger that tells what it is, and whose other methods fail with an error. */
    private static TaskLedger failingButOpening() {
        return answering((proxy, method, arguments) -> {
            if (ABILITIES.contains(method.getName())) {
                return Optional.empty();
            }
            throw new NoClassDefFoundError("org/h2/Driver");
        });
    }

    private static TaskLedger answering(InvocationHandler answer) {
        return (TaskLedger)
                Proxy.newProxyInstance(TaskLedger.class.getClassLoader(), new Class<?>[] {TaskLedger.class}, answer);
    }
}
