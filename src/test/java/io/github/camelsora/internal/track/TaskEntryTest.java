package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.support.TaskTestSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All that changes an entry needs its monitor. The check is an assertion, so it costs nothing in production. */
class TaskEntryTest extends TaskTestSupport {
    private TaskEntry entry;

    @BeforeEach
    void create() {
        assertThat(TaskEntry.class.desiredAssertionStatus())
                .as("tests run with assertions")
                .isTrue();
        entry = new TaskEntry(ref("key-1"), service());
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("follow", task -> task.follow(LedgerRecords.running(ACCOUNT, "key-1", "video_1"), null)),
                change("setRecord", task -> task.setRecord(LedgerRecords.running(ACCOUNT, "key-1", "video_1"))),
                change("onRunning", task -> task.onRunning(completed("video_1", "key-1"))),
                change("stopPolling", TaskEntry::stopPolling),
                change("pollNow", TaskEntry::pollNow),
                change("addClaim", task -> task.addClaim(NodeLease.NO_EPOCH)),
                change("removeClaim", TaskEntry::removeClaim),
                change("confirmClaims", task -> task.confirmClaims(NodeLease.NO_EPOCH)),
                change("setRetired", TaskEntry::setRetired),
                change("addWait", task -> task.addWait(null)),
                change("removeWaits", task -> task.removeWaits(wait -> true)),
                change("waits", TaskEntry::waits),
                change("isClaimed", TaskEntry::isClaimed));
    }

    private static Arguments change(String name, Consumer<TaskEntry> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void withoutTheMonitorAnEntryIsNotChanged(String name, Consumer<TaskEntry> change) {
        assertThatThrownBy(() -> change.accept(entry))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("monitor", "key-1");

        assertThat(entry.isFollowed()).isFalse();
        assertThat(entry.taskId()).isNull();
        assertThat(entry.lastSeen().status()).isEqualTo(TaskStatus.QUEUED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void withTheMonitorAnEntryIsChanged(String name, Consumer<TaskEntry> change) {
        synchronized (entry) {
            change.accept(entry);
        }

        assertThat(Thread.holdsLock(entry)).isFalse();
    }
}
