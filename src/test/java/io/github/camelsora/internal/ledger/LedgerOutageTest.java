package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.time.OutageLog;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.support.FaultyLedger;
import io.github.camelsora.support.WarningCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outage of the ledger is reported once for all calls to it, and once it is over. */
class LedgerOutageTest {
    private final SimulatorClock clock = SimulatorClock.stopped();
    private final FaultyLedger faulty = new FaultyLedger(new MemoryTaskLedger(clock, 10));
    private final TaskLedger ledger = new GuardedLedger(faulty);
    private final WarningCapture log = WarningCapture.of(OutageLog.class);

    @AfterEach
    void stop() {
        log.close();
    }

    private void failCalls(int count) {
        for (int i = 0; i < count; i++) {
            assertThatThrownBy(() -> ledger.find("default", "key-1")).isInstanceOf(RuntimeException.class);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void theBeginningAndTheEndAreReportedOnce() {
        faulty.fail();
        failCalls(30);

        faulty.recover();
        ledger.find("default", "key-1");
        ledger.find("default", "key-1");

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0))
                .startsWith("WARN The ledger cannot be reached: 2 calls in a row have failed within 1 s")
                .contains("The ledger is not available", "New submits are rejected before they are sent");
        assertThat(log.lines().get(1))
                .isEqualTo("WARN The ledger can be reached again, after 30 s in which 30 calls failed");
    }

    @Test
    void aLedgerThatRejectsARecordIsNoOutage() {
        faulty.fail();
        failCalls(1);
        faulty.recover();
        TaskLedger full = new GuardedLedger(new MemoryTaskLedger(clock, 1));
        full.add(LedgerRecords.intentAt("https://toapis.test", "default", "key-0", "{}"));

        for (int i = 1; i < 4; i++) {
            String key = "key-" + i;
            assertThatThrownBy(() -> full.add(LedgerRecords.intentAt("https://toapis.test", "default", key, "{}")))
                    .isInstanceOf(RuntimeException.class);
        }

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void theReasonHoldsNoAddressOfTheDatabase() {
        TaskLedger unreachable = new GuardedLedger(new GuardedLedger(faulty) {
            @Override
            public Optional<TaskRecord> find(String account, String key) {
                throw new LedgerAccessException(
                        "find " + key,
                        new SQLException("No connection to jdbc:postgresql://sora:s3cret@db/sora", "08001"));
            }
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> unreachable.find("default", "key-1")).isInstanceOf(LedgerAccessException.class);
        }

        assertThat(log.lines()).singleElement().asString().contains("08001").doesNotContain("s3cret");
    }

    @Test
    void eachCallIsObservedAndOnlyAFailedOneAsAFailure() {
        List<Boolean> failures = new ArrayList<>();
        TaskLedger observed = new GuardedLedger(faulty, (nanos, isFailed) -> {
            assertThat(nanos).isNotNegative();
            failures.add(isFailed);
        });

        observed.find("default", "key-1");
        faulty.fail();
        assertThatThrownBy(() -> observed.find("default", "key-1")).isInstanceOf(RuntimeException.class);

        assertThat(failures).containsExactly(false, true);
    }

    @Test
    void aRejectedRecordIsObservedAsNoFailure() {
        List<Boolean> failures = new ArrayList<>();
        TaskLedger full =
                new GuardedLedger(new MemoryTaskLedger(clock, 1), (nanos, isFailed) -> failures.add(isFailed));
        full.add(LedgerRecords.intent("default", "key-1"));

        assertThatThrownBy(() -> full.add(LedgerRecords.intent("default", "key-2")))
                .isInstanceOf(ServiceUnavailableException.class);

        assertThat(failures).containsExactly(false, false);
    }
}
