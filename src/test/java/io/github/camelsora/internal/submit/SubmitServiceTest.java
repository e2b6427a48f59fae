package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.FaultRule;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one submit writes into the ledger, and what each kind of answer leads to. */
class SubmitServiceTest extends TaskTestSupport {

    @Test
    void theIntentIsInTheLedgerBeforeThePostIsAnswered() {
        Hold post = toApis.on(Call.SUBMIT).hold();
        submit("key-1");

        CompletableFuture<Void> sending = workElsewhere();
        post.awaitReached(SOON);
        Optional<TaskRecord> meanwhile = ledger.find(ACCOUNT, "key-1");
        post.release();
        sending.join();

        assertThat(meanwhile).map(TaskRecord::state).contains(TaskState.INTENT);
    }

    @Test
    void theIntentIsInTheLedgerBeforeAnythingIsSent() {
        submit("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.INTENT);
        assertThat(posts()).isZero();
    }

    @Test
    void theIntentHasTheRequestAndTheAddressOfTheService() {
        submit("key-1");

        assertThat(record("key-1").request()).contains("Add a puppy");
        assertThat(record("key-1").baseUrl()).isEqualTo(toApis.baseUrl());
    }

    @Test
    void theIntentHasItsOwner() {
        submit("key-1");

        assertThat(record("key-1").owner()).isEqualTo(NODE);
    }

    @Test
    void nothingIsSentWhenTheLedgerCannotBeWritten() {
        ledger.fail();

        ServiceUnavailableException rejection =
                catchThrowableOfType(ServiceUnavailableException.class, () -> submit("key-1"));
        work();

        assertThat(rejection.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isZero();
    }

    @Test
    void theIdIsInTheLedgerBeforeListenersAreNotified() {
        AtomicReference<TaskRecord> meanwhile = new AtomicReference<>();
        listener = task -> meanwhile.compareAndSet(null, record("key-1"));

        remix("key-1");

        assertThat(meanwhile.get().state()).isEqualTo(TaskState.RUNNING);
        assertThat(meanwhile.get().taskId()).isNotNull();
    }

    @Test
    void anAcceptedSubmitIsOnePost() {
        remix("key-1");

        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void theKeyTravelsWithTheRequest() {
        remix("key-1");

        assertThat(toApis.books().acceptedByKey()).isEqualTo(Map.of("key-1", 1));
    }

    @Test
    void theRecordOfAnAcceptedSubmitSaysUntilWhenToPoll() {
        remix("key-1");

        TaskRecord.Due due = record("key-1").due();
        assertThat(due.trackUntil()).isEqualTo(ledger.now().plus(TRACKING_TIMEOUT));
    }

    @Test
    void aWaiterForAcceptanceGetsTheId() {
        TestWaiter waiting = submit("key-1", Goal.ACCEPTED);

        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(waiting.task().key()).isEqualTo("key-1");
    }

    @Test
    void aWaiterForTheEndIsNotNotifiedOfTheAcceptance() {
        TestWaiter waiting = remix("key-1");

        assertThat(waiting.timesNotified()).isZero();
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of(400, BadRequestException.class),
                Arguments.of(401, AuthenticationException.class),
                Arguments.of(402, InsufficientCreditsException.class),
                Arguments.of(403, AuthenticationException.class),
                Arguments.of(404, TaskNotFoundException.class),
                Arguments.of(405, BadRequestException.class),
                Arguments.of(413, BadRequestException.class),
                Arguments.of(415, BadRequestException.class),
                Arguments.of(422, ContentRefusedException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejections")
    void aRejectionFailsWithTheExceptionOfItsStatus(int status, Class<? extends SoraException> type) {
        toApis.on(Call.SUBMIT).answer(status, "{\"error\": {\"message\": \"No\"}}");

        TestWaiter waiting = remix("key-1");

        assertThat(waiting.failure()).isInstanceOf(type);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(waiting.failure().getTaskKey()).isEqualTo("key-1");
    }

    @Test
    void aRejectedSubmitIsNotSentAgain() {
        toApis.on(Call.SUBMIT).refuse(ApiError.CONTENT_POLICY_VIOLATION);

        remix("key-1");
        pass(SUBMIT_TIMEOUT);

        assertThat(posts()).isEqualTo(1);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
    }

    @Test
    void aRejectedKeyCanBeUsedForAnotherRequest() {
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.CONTENT_POLICY_VIOLATION);
        remix("key-1");

        TestWaiter second = new TestWaiter();
        submits.submit(submission("key-1", "Add a kitten"), Goal.ACCEPTED, second::with);
        work();

        assertThat(second.task().id()).isNotNull();
        assertThat(record("key-1").request()).contains("kitten");
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                lost("cut before it was processed", FaultRule::cut),
                lost("cut after it was processed", rule -> rule.afterProcessing()
                        .cut()),
                lost("cut in its middle", FaultRule::cutBody),
                lost("302", rule -> rule.afterProcessing().answer(302, "", "Location: http://127.0.0.1:1/")),
                lost("408", rule -> rule.answer(408, "")),
                lost("409", rule -> rule.answer(409, "")),
                lost("418", rule -> rule.answer(418, "")),
                lost("500", rule -> rule.refuse(ApiError.INTERNAL_ERROR)),
                lost("502 in HTML", rule -> rule.answer(502, "<html>Bad gateway</html>", "Content-Type: text/html")),
                lost("503 of a proxy", rule -> rule.answer(503, "", "Retry-After: 1")),
                lost("200 without an id", rule -> rule.afterProcessing().answer(200, "{\"status\": \"queued\"}")),
                lost("200 that cannot be read", rule -> rule.afterProcessing().answer(200, "Welcome!")),
                lost("204", rule -> rule.afterProcessing().answer(204, "")));
    }

    private static Arguments lost(String name, Consumer<FaultRule> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void aLostAnswerIsNeverPaidTwice(String name, Consumer<FaultRule> fault) {
        toApis.lookup(LookUp.OFF);
        fault.accept(toApis.on(Call.SUBMIT));

        remix("key-1");
        passInSteps(SUBMIT_TIMEOUT, SUBMIT_TIMEOUT.dividedBy(10));

        assertThat(posts()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void aSubmitWhoseAnswerWasLostSaysThatItMayBePaid(String name, Consumer<FaultRule> fault) {
        toApis.lookup(LookUp.OFF);
        fault.accept(toApis.on(Call.SUBMIT));

        TestWaiter waiting = remix("key-1");
        pass(RECOVERY_TIMEOUT);

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(waiting.failure().isSafeToResend()).isFalse();
        assertThat(waiting.failure().getTaskKey()).isEqualTo("key-1");
    }

    @Test
    void theRecordOfALostAnswerStaysUnknown() {
        toApis.lookup(LookUp.OFF);
        toApis.on(Call.SUBMIT).afterProcessing().cut();

        remix("key-1").claim().release();
        passInSteps(RECOVERY_TIMEOUT.multipliedBy(2), Duration.ofSeconds(10));

        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void anAcceptanceThatCannotBeRecordedFailsTheWaiterWithItsId() {
        Hold answer = toApis.on(Call.SUBMIT).afterProcessing().hold();
        TestWaiter waiting = submit("key-1");

        sendWhileTheLedgerIsUnavailable(answer);

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(waiting.failure().getTaskId()).startsWith("video_");
        assertThat(waiting.failure().isSafeToResend()).isFalse();
    }

    @Test
    void aRejectionThatCannotBeRecordedStillFailsTheWaiter() {
        Hold post = toApis.on(Call.SUBMIT).hold();
        toApis.credits(0);
        TestWaiter waiting = submit("key-1");

        sendWhileTheLedgerIsUnavailable(post);

        assertThat(waiting.failure()).isInstanceOf(InsufficientCreditsException.class);
    }

    @Test
    void aLostAnswerThatCannotBeRecordedStillFailsTheWaiter() {
        Hold answer = toApis.on(Call.SUBMIT).afterProcessing().hold();
        TestWaiter waiting = submit("key-1");
        CompletableFuture<Void> sending = workElsewhere();
        answer.awaitReached(SOON);

        ledger.fail();
        answer.cut();
        sending.handle((done, failure) -> null).join();
        pass(RECOVERY_TIMEOUT);

        assertThat(waiting.failure()).isInstanceOf(SubmissionUnknownException.class);
    }

    private void sendWhileTheLedgerIsUnavailable(Hold hold) {
        CompletableFuture<Void> sending = workElsewhere();
        hold.awaitReached(SOON);
        ledger.fail();
        hold.release();
        // A pool would swallow the exception; the waiter must be notified in any case.
        sending.handle((done, failure) -> null).join();
        work();
    }
}
