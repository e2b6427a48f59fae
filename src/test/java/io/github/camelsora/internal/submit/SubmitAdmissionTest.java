package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a submit begins, and what is undone when it cannot. */
class SubmitAdmissionTest extends TaskTestSupport {
    private static final String PROBLEM = "the ledger's file was deleted";

    @Test
    void aNewKeyIsNotSubmittedWhileTheRoutesAreSuspended() {
        suspend();

        WaitParkedException failure = catchThrowableOfType(WaitParkedException.class, () -> submit("key-1"));

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(ledger.find(ACCOUNT, "key-1")).isEmpty();
    }

    @Test
    void aKnownKeyIsAnsweredWithItsTaskWhileTheRoutesAreSuspended() {
        addRunning("key-1", toApis.addTask());
        suspend();

        TestWaiter waiting = submit("key-1");
        work();

        assertThat(waiting.failure()).isInstanceOf(WaitParkedException.class);
        assertThat(waiting.failure().getTaskId()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aKnownKeyKeepsNoPlaceInTheQueue() {
        addRunning("key-1", toApis.addTask());
        submit("key-1");

        TestWaiter next = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(next.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aConflictKeepsNoPlaceInTheQueue() {
        addRunning("key-1", toApis.addTask());
        submitInVain(submission("key-1", "Add a kitten"), new AtomicInteger());

        TestWaiter right = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(right.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aConflictIsReportedToItsWaiterAndReleasesItsClaim() {
        addRunning("key-1", toApis.addTask());
        AtomicInteger notStarted = new AtomicInteger();

        SoraException failure = submitInVain(submission("key-1", "Add a kitten"), notStarted);

        assertThat(failure).isInstanceOf(KeyConflictException.class);
        assertThat(notStarted).hasValue(1);
        assertThat(engine.registry.isClaimed(ref("key-1"))).isFalse();
    }

    @Test
    void aSubmitWhoseWaiterCannotBeMadeReleasesItsClaim() {
        SoraException failure = catchThrowableOfType(
                SoraException.class,
                () -> submits.submit(submission("key-1", "Add a puppy"), Goal.ENDED, claim -> {
                    throw new IllegalStateException("thrown by a test");
                }));

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(engine.registry.isClaimed(ref("key-1"))).isFalse();
        assertThat(remix("key-1").timesNotified()).isZero();
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void nothingIsSentWhileItsTaskCouldNotBeFollowed() {
        problem = () -> Optional.of(PROBLEM);

        SoraException failure = submitInVain(submission("key-1", "Add a puppy"), new AtomicInteger());

        assertThat(failure).isInstanceOf(ServiceUnavailableException.class).hasMessageContaining(PROBLEM);
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(ledger.find(ACCOUNT, "key-1")).isEmpty();
    }

    @Test
    void aKnownKeyIsAnsweredAlsoWhileNewTasksCouldNotBeFollowed() {
        addRunning("key-1", toApis.addTask());
        problem = () -> Optional.of(PROBLEM);

        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);
        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aSubmitWhoseTaskCouldNotBeFollowedAnyMoreWhenItHasItsPermitIsNotSent() {
        TestWaiter waiting = submit("key-1");
        problem = () -> Optional.of(PROBLEM);

        work();

        assertThat(waiting.failure())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining(PROBLEM);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isZero();
    }

    @Test
    void theKeyOfAUserIsLookedUpAlsoWhenTheSubmitHasToWait() {
        useTheOnlyToken();
        addRunning("key-1", toApis.addTask());

        TestWaiter waiting = new TestWaiter();
        submits.submit(ofUser(submission("key-1", "Add a puppy")), Goal.ACCEPTED, waiting::with);
        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aKeyThatWasMadeForTheCallIsNotLookedUpWhenTheSubmitHasToWait() {
        useTheOnlyToken();
        AtomicInteger reads = new AtomicInteger();
        ledger.onceBeforeFind(reads::incrementAndGet);

        submit("key-1");

        assertThat(reads).hasValue(0);
    }

    @Test
    void aKeyWhoseTaskIsFollowedHereIsSaidToBePaidWhenTheLedgerIsUnavailable() {
        remix("key-1");
        String id = taskId("key-1");
        ledger.fail();

        SoraException failure = submitInVain(submission("key-1", "Add a puppy"), new AtomicInteger());

        assertThat(failure).isInstanceOf(ServiceUnavailableException.class);
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.getTaskId()).isEqualTo(id);
    }

    @Test
    void aKnownTaskThatCannotBeFollowedFailsItsWaiterWithItsId() {
        String id = toApis.addTask();
        addRunning("key-1", id);
        ledger.onceBeforeFind(ledger::fail);

        TestWaiter waiting = submit("key-1");
        work();

        assertThat(waiting.failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(waiting.failure().getTaskId()).isEqualTo(id);
    }

    @Test
    void aRequestThatTheLedgerCannotHoldIsRejected() {
        ledger.onceWritten(TaskState.INTENT, () -> {
            throw new IllegalArgumentException("The tag is too long");
        });

        SoraException failure = submitInVain(submission("key-1", "Add a puppy"), new AtomicInteger());

        assertThat(failure).isInstanceOf(BadRequestException.class).hasMessageContaining("The tag is too long");
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aRequestIsOnItsWayUntilItsAnswerIsInTheLedger() {
        assertThat(submits.isSending()).isFalse();
        submit("key-1");
        assertThat(submits.isSending()).isFalse();
        Hold post = toApis.on(Call.SUBMIT).times(1).hold();
        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);

        assertThat(submits.isSending()).isTrue();
        assertThat(submits.isSending(ref("key-1"))).isTrue();
        assertThat(submits.isSending(ref("key-2"))).isFalse();

        post.release();
        sending.join();
        assertThat(submits.isSending()).isFalse();
        assertThat(submits.isSending(ref("key-1"))).isFalse();
    }

    /** Submits what fails at once, and counts how often its waiter is notified that it was not started. */
    private SoraException submitInVain(SubmitCommand command, AtomicInteger notStarted) {
        TestWaiter waiter = new TestWaiter() {
            @Override
            public void onNotStarted() {
                notStarted.incrementAndGet();
            }
        };
        SoraException failure =
                catchThrowableOfType(SoraException.class, () -> submits.submit(command, Goal.ENDED, waiter::with));
        work();
        assertThat(waiter.timesNotified()).isZero();
        return failure;
    }

    // The thread that has sent it may still have its place in the queue.
    @Test
    void aRequestThatHasJustBeenPaidIsNotCalledOneThatWaitsToBeSent() {
        List<SoraException> refusals = new ArrayList<>();
        ledger.onceWritten(TaskState.RUNNING, () -> {
            for (SubmitCommand other : List.of(
                    submission("key-1", "Add a kitten"),
                    submission("key-1", "Add a puppy", clientOf("http://127.0.0.1:1")))) {
                refusals.add(catchThrowableOfType(
                        SoraException.class, () -> submits.submit(other, Goal.ENDED, new TestWaiter()::with)));
            }
        });

        TestWaiter paid = remix("key-1");

        assertThat(refusals).hasSize(2).allSatisfy(refusal -> {
            assertThat(refusal).isInstanceOf(KeyConflictException.class);
            assertThat(refusal.getTaskId()).isEqualTo(taskId("key-1"));
        });
        assertThat(refusals.get(1).getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(paid.timesNotified()).isZero();
        assertThat(posts()).isEqualTo(1);
    }

    private void useTheOnlyToken() {
        double perSecond = 1.0 / Duration.ofMinutes(10).toSeconds();
        rateLimiters
                .of(ACCOUNT, toApis.baseUrl())
                .setLimits(new RateLimits(new RateLimit(perSecond, 1), RateLimit.UNLIMITED));
        remix("key-0");
    }

    private static SubmitCommand ofUser(SubmitCommand command) {
        return new SubmitCommand(
                command.key(), command.request(), command.service(), command.labels(), Spending.NONE, false);
    }
}
