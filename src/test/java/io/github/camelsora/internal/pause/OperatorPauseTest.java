package io.github.camelsora.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.api.AccountPausedException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** While an operator has paused an account, its submits wait, and all else goes on. */
class OperatorPauseTest extends TaskTestSupport {
    private static final String WHY = "The bill is too high";

    private void pauseAccount() {
        engine.pauses.pause(ACCOUNT, new Operator("joe", WHY));
    }

    private void resumeAccount() {
        engine.pauses.resume(ACCOUNT, new Operator("joe", null));
        work();
    }

    @Test
    void submitsWaitAndGoOnInTheirOrderWhenTheAccountIsResumed() {
        pauseAccount();
        List<TestWaiter> waiting = IntStream.range(0, 5)
                .mapToObj(i -> {
                    TestWaiter waiter = new TestWaiter();
                    submits.submit(submission("key-" + i, "Add puppy " + i), Goal.ACCEPTED, waiter::with);
                    return waiter;
                })
                .toList();
        passInSteps(Duration.ofMinutes(10), Duration.ofMinutes(1));
        assertThat(posts()).isZero();

        resumeAccount();

        assertThat(waiting).allMatch(waiter -> waiter.task() != null);
        assertThat(toApis.requests(Call.SUBMIT))
                .extracting(request -> request.json().path("prompt").textValue())
                .containsExactly("Add puppy 0", "Add puppy 1", "Add puppy 2", "Add puppy 3", "Add puppy 4");
    }

    @Test
    void aSubmitThatIsNotResumedInTimeFailsWithTheReasonOfThePause() {
        pauseAccount();
        TestWaiter waiting = submit("key-1");

        pass(SUBMIT_TIMEOUT.plusSeconds(1));

        assertThat(waiting.failure())
                .asInstanceOf(type(AccountPausedException.class))
                .satisfies(failure -> {
                    assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
                    assertThat(failure.getPause().reason()).isEqualTo(WHY);
                    assertThat(failure)
                            .hasMessageContainingAll(
                                    "key-1",
                                    ACCOUNT,
                                    WHY,
                                    "(joe)",
                                    failure.getPause().pausedAt().toString(),
                                    "nothing was paid");
                });
        assertThat(posts()).isZero();
    }

    @Test
    void aSubmitThatHasItsPermitWhenThePauseBeginsIsNotSent() {
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        pauseAccount();

        work();

        assertThat(posts()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        resumeAccount();
        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitWhoseIntentIsWrittenWhenThePauseBeginsIsNotSent() {
        pauseAccount();
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        ledger.onceWritten(TaskState.INTENT, this::pauseAccount);

        resumeAccount();

        assertThat(posts()).isZero();
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        resumeAccount();
        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitThatComesBackFromItsPermitKeepsItsPlace() {
        submit("key-1", Goal.ACCEPTED);
        pauseAccount();
        submit("key-2", Goal.ACCEPTED);
        work();

        resumeAccount();

        assertThat(toApis.requests(Call.SUBMIT))
                .extracting(request -> request.json().path("client_business_id").textValue())
                .satisfiesExactly(key -> assertThat(key).startsWith("key-1~"), key -> assertThat(key)
                        .startsWith("key-2~"));
    }

    @Test
    void aRunningTaskIsPolledAndItsKeyIsAnswered() {
        TestWaiter first = remix("key-1");
        pauseAccount();

        TestWaiter second = remix("key-1");
        completeAndPoll("key-1");

        assertThat(first.task().id()).isEqualTo(taskId("key-1"));
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aLostSubmitIsSearchedForWhileTheAccountIsPaused() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        remix("key-1");
        pauseAccount();

        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anotherAccountIsNotPaused() {
        engine.pauses.pause("other", new Operator("joe", WHY));

        remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aStopEndsASubmitThatWaitsForTheEndOfAPause() {
        pauseAccount();
        TestWaiter waiting = submit("key-1");

        stop();

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void anAccountIsPausedOnce() {
        pauseAccount();

        assertThatThrownBy(() -> engine.pauses.pause(ACCOUNT, new Operator("joe", "Again")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(ACCOUNT, WHY, "Nothing was changed");
        assertThat(ledger.pauses().orElseThrow().findAll()).hasSize(1);
    }

    @Test
    void aPauseNeedsAnAccountAndAReason() {
        assertThatThrownBy(() -> engine.pauses.pause(ACCOUNT, new Operator("joe", " ")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.pauses.pause(null, new Operator("joe", WHY)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void aNameThatIsTooLongForAnAccountIsNotPaused() {
        assertThatThrownBy(() -> engine.pauses.pause("a".repeat(201), new Operator("joe", WHY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("at most 200", "Nothing was changed");
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void anAccountThatIsNotPausedCannotBeResumed() {
        engine.pauses.pause("other", new Operator("joe", WHY));

        assertThatThrownBy(() -> engine.pauses.resume(ACCOUNT, new Operator("joe", null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not paused");
        assertThat(ledger.pauses().orElseThrow().findAll()).hasSize(1);
    }

    @Test
    void aLedgerThatKeepsNoPausesRefusesOneInWords() {
        wire(LedgersOfPauses.withoutPauses(new MemoryTaskLedger(clock(), 100)), http, routes);

        assertThatThrownBy(this::pauseAccount)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll(ACCOUNT, "TaskLedger.pauses", "Nothing was changed");
    }

    @Test
    void thePauseIsReportedOnce() {
        try (WarningCapture warnings = WarningCapture.of(AccountPauses.class)) {
            pauseAccount();
            engine.pauses.refresh(List.of(service()));
            engine.pauses.refresh(List.of(service()));

            assertThat(warnings.lines()).singleElement().asString().contains(ACCOUNT, WHY, "resume");
        }
    }
}
