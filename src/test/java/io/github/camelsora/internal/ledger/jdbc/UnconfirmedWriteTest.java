package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.cluster.ClusterTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The ledger has written what it was asked to, and could not say so: a connection that breaks during a commit. */
class UnconfirmedWriteTest extends ClusterTestSupport {
    private static final Duration UNTIL_IT_IS_MISSED = Duration.ofMinutes(6);

    @Test
    void aTaskIsPolledWhenItsAcceptanceWasWrittenButReportedAsFailed() {
        saveAndBreak(TaskState.RUNNING);
        fireAndForgetOn(first, "key-1");

        elapseSeconds(10);
        complete("key-1");
        elapseSeconds(15);

        assertThat(deliverOn(first).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aDeliveryThatWasWrittenButReportedAsFailedIsReleased() {
        fireAndForgetOn(first, "key-1");
        complete("key-1");
        elapseSeconds(15);
        saveAndBreak(TaskState.ENDED);

        assertThatIllegalStateException().isThrownBy(() -> first.acquire(service()));
        elapseSeconds(10);

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTakeOverThatWasWrittenButReportedAsFailedIsReconciled() {
        remixOn(first, "key-1");
        first.pause();
        saveAndBreak(TaskState.RUNNING);

        outlastTheLease();
        assertThat(record("key-1").owner()).isEqualTo("second");
        complete("key-1");
        elapse(UNTIL_IT_IS_MISSED);

        deliverOn(second);
        assertDeliveredOnce("key-1");
    }

    @Test
    void aTrackedTaskIsNotReconciled() {
        TestWaiter waiting = remixOn(first, "key-1");

        elapse(UNTIL_IT_IS_MISSED);
        complete("key-1");
        elapseSeconds(15);

        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(first.due()).isEmpty();
    }

    private void saveAndBreak(TaskState state) {
        ledger.onceWritten(state, () -> {
            throw new IllegalStateException("It is written, and the connection breaks, says the test");
        });
    }
}
