package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A round in which a node reads what other nodes have recorded. */
class CompletionSyncTest extends ClusterTestSupport {
    private TestWaiter one;
    private TestWaiter other;

    @BeforeEach
    void letAnotherNodeRecordTwoCompletions() {
        one = remixOn(first, "key-1");
        other = remixOn(first, "key-2");
        second.webhookCompletions.completed(ACCOUNT, completed(taskId("key-1"), "key-1"));
        second.webhookCompletions.completed(ACCOUNT, completed(taskId("key-2"), "key-2"));
    }

    @Test
    void aTaskThatCannotBeCompletedKeepsNoOtherFromItsWaiter() {
        ledger.onceBeforeFind(() -> {
            throw new IllegalStateException("thrown by a test");
        });

        try (WarningCapture warnings = WarningCapture.of(CompletionSync.class)) {
            passARound();

            assertThat(one.timesNotified() + other.timesNotified()).isEqualTo(1);
            String failed = one.timesNotified() == 0 ? "key-1" : "key-2";
            assertThat(warnings.lines()).singleElement().asString().contains(failed, taskId(failed));
        }
    }

    @Test
    void aTaskThatCouldNotBeCompletedIsCompletedByTheNextRound() {
        ledger.onceBeforeFind(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        passARound();

        passARound();

        assertThat(one.task().id()).isEqualTo(taskId("key-1"));
        assertThat(other.task().id()).isEqualTo(taskId("key-2"));
    }

    private void passARound() {
        leaveUndone(Duration.ofSeconds(1));
        first.work();
    }
}
