package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.spend.Bookings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsAsDurableAsTheLedger(boolean isDurable) {
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> isDurable));

        assertThat(guarded.isDurable()).isEqualTo(isDurable);
    }

    // A ledger in memory has none, so the contract does not ask for them.
    @Test
    void itsLastDeliveredRecordsAreThoseOfTheLedger() {
        List<TaskRecord> delivered = List.of(LedgerRecords.running("default", "key-1", "video_1"));
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> delivered));

        assertThat(guarded.findLastDelivered(10)).isEqualTo(delivered);
    }

    private static final Booking BOOKING = Bookings.held(LedgerRecords.priced("key-1", null, 20, LedgerRecords.NOON));

    static Stream<Named<Consumer<TaskLedger>>> calls() {
        return Stream.of(
                call("isDurable", TaskLedger::isDurable),
                call("add", ledger -> ledger.add(LedgerRecords.intent("default", "key-1"))),
                call("keepsBook", TaskLedger::keepsBook),
                call("add", ledger -> ledger.add(LedgerRecords.intent("default", "key-1"), BOOKING)),
                call("replace", ledger -> ledger.replace(LedgerRecords.intent("default", "key-1"), BOOKING)),
                call("held", ledger -> ledger.held("default")),
                call("find", ledger -> ledger.find("default", "key-1")),
                call("findByTaskId", ledger -> ledger.findByTaskId("default", "video_1")),
                call("findByWireKey", ledger -> ledger.findByWireKey("default", "key-1~0123456789")),
                call("replace", ledger -> ledger.replace(LedgerRecords.intent("default", "key-1"))),
                call("replaceAll", ledger -> ledger.replaceAll(List.of())),
                call("forget", ledger -> ledger.forget(LedgerRecords.intent("default", "key-1"), null)),
                call("isForgotten", ledger -> ledger.isForgotten(LedgerRecords.intent("default", "key-1"))),
                call("isForgottenTask", ledger -> ledger.isForgottenTask("default", "video_1")),
                call("findBySource", ledger -> ledger.findBySource("default", "video_0", 10)),
                call("findDue", ledger -> ledger.findDue("default", null, 10)),
                call("findAbandoned", ledger -> ledger.findAbandoned("default", LedgerRecords.SERVICE, 10)),
                call("findOwned", ledger -> ledger.findOwned("default", "node-1")),
                call("findEnded", ledger -> ledger.findEnded("default", "node-1", LedgerRecords.NOON)),
                call("findLastDelivered", ledger -> ledger.findLastDelivered(10)),
                call("renewLease", ledger -> ledger.renewLease("node-1", LEASE)),
                call("releaseLease", ledger -> ledger.releaseLease("node-1")),
                call("isLive", ledger -> ledger.isLive("node-1")),
                call("removeClosed", ledger -> ledger.removeClosed(LedgerRecords.NOON, 10)),
                call("keepsPauses", TaskLedger::keepsPauses),
                call("findPauses", TaskLedger::findPauses),
                call("addPause", ledger -> ledger.addPause(LedgerPauseContract.pause("default"))),
                call("removePause", ledger -> ledger.removePause(LedgerPauseContract.pause("default"))));
    }

    private static Named<Consumer<TaskLedger>> call(String name, Consumer<TaskLedger> call) {
        return Named.of(name, call);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anErrorOfItsCodeComesAsAFailureOfALedger(Consumer<TaskLedger> call) {
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> {
            throw new NoClassDefFoundError("org/h2/Driver");
        }));

        assertThatThrownBy(() -> call.accept(guarded))
                .isInstanceOf(LedgerAccessException.class)
                .hasMessageStartingWith("The ledger failed to ")
                .hasMessageEndingWith("java.lang.NoClassDefFoundError: org/h2/Driver")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void eachReadOfItsBookIsGuarded() {
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> new Booking.Held() {
            @Override
            public BigDecimal since(String tenant, Instant since) {
                throw new NoClassDefFoundError("org/h2/Driver");
            }

            @Override
            public List<Booking.Slice> slices(String tenant, Instant since) {
                throw new NoClassDefFoundError("org/h2/Driver");
            }
        }));
        Booking.Held held = guarded.held("default");

        assertThatThrownBy(() -> held.since(null, LedgerRecords.NOON)).isInstanceOf(LedgerAccessException.class);
        assertThatThrownBy(() -> held.slices(null, LedgerRecords.NOON)).isInstanceOf(LedgerAccessException.class);
    }

    @Test
    void eachCallIsGuarded() {
        Stream<String> declared = Arrays.stream(TaskLedger.class.getMethods())
                .map(method -> method.getName())
                .filter(name -> !name.equals("now"));

        assertThat(calls().map(Named::getName)).containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    @Test
    void aClockThatFailsGoesOnFromTheTimeThatItSaidLast() {
        Queue<Instant> times = new ArrayDeque<>(List.of(LedgerRecords.NOON));
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> times.remove()));
        guarded.now();

        Instant first = guarded.now();
        Instant second = guarded.now();

        assertThat(first).isBetween(LedgerRecords.NOON, LedgerRecords.NOON.plus(Duration.ofHours(1)));
        assertThat(second).isAfterOrEqualTo(first);
    }

    @Test
    void aClockThatSaysNothingGoesOnFromTheTimeThatItSaidLast() {
        Queue<Instant> times = new ArrayDeque<>(List.of(LedgerRecords.NOON));
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> times.poll()));
        guarded.now();

        assertThat(guarded.now()).isBetween(LedgerRecords.NOON, LedgerRecords.NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void aClockThatFailsFromTheBeginningGoesOnFromThatOfTheJvm() {
        Instant before = Instant.now();
        TaskLedger guarded = new GuardedLedger(answering((proxy, method, arguments) -> {
            throw new NoClassDefFoundError("org/h2/Driver");
        }));

        assertThat(guarded.now()).isBetween(before.minusSeconds(60), before.plus(Duration.ofHours(1)));
    }

    private static TaskLedger answering(InvocationHandler answer) {
        return (TaskLedger)
                Proxy.newProxyInstance(TaskLedger.class.getClassLoader(), new Class<?>[] {TaskLedger.class}, answer);
    }
}
