package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Under a limit of spending a ledger that fails neither pays a key twice nor loses room that nothing was paid for. */
class SpendFaultTest extends TaskTestSupport {
    private static final Spending SPENDING =
            new Spending(BigDecimal.valueOf(20), SpendLimits.parse("20/1d", null), false);

    private TestWaiter remixWithinTheLimit(String key) {
        SubmitCommand plain = submission(key, "Add a puppy");
        TestWaiter waiting = new TestWaiter();
        submits.submit(
                new SubmitCommand(plain.key(), plain.request(), plain.service(), plain.labels(), SPENDING, false),
                Goal.ACCEPTED,
                waiting::with);
        work();
        return waiting;
    }

    private SoraException refusalOf(String key) {
        try {
            return remixWithinTheLimit(key).failure();
        } catch (SoraException e) {
            return e;
        }
    }

    private void assertHeld(long credits) {
        assertThat(ledger.book().orElseThrow().held(ACCOUNT).since(null, Instant.EPOCH))
                .isEqualByComparingTo(BigDecimal.valueOf(credits));
    }

    @Test
    void anIntentThatWasWrittenWithoutConfirmationIsNotPaidAndFreesItsRoom() {
        ledger.onceWritten(TaskState.INTENT, () -> {
            throw new IllegalStateException("The connection broke during the commit");
        });

        // A key of the user's may have been paid for earlier, which the ledger cannot tell now.
        assertThat(refusalOf("key-1").getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertHeld(20);
        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(5));

        assertHeld(0);
        assertThat(posts()).isZero();
        assertThat(remixWithinTheLimit("key-1").task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
        assertHeld(20);
    }

    @Test
    void aPaidKeyIsNeitherPaidAgainNorForgottenByTheBookOfAnOlderCopy() {
        ledger.outliveTheJvm();
        String task = remixWithinTheLimit("key-1").task().id();

        ledger.failOverTo(new MemoryTaskLedger(clock(), 100));

        assertThat(remixWithinTheLimit("key-1").task().id()).isEqualTo(task);
        assertThat(posts()).isEqualTo(1);
        assertHeld(20);
        assertThat(refusalOf("key-2")).isInstanceOf(SpendLimitException.class);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aPaidTaskIsRecordedAlthoughTheLedgerFailsRightAfterItsIntent() {
        ledger.onceWritten(TaskState.INTENT, ledger::fail);

        remixWithinTheLimit("key-1");
        ledger.recover();
        passInSteps(Duration.ofMinutes(1), Duration.ofSeconds(5));

        assertThat(posts()).isEqualTo(1);
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertHeld(20);
    }
}
