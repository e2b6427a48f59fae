package io.github.camelsora.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.ratelimit.RateLimit;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.spend.Spending;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.KeyProblem;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import io.github.camelsora.support.WarningCapture;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** After an answer that says that a key is useless for now, no submit is sent with it until that is over. */
class FailingPauseTest extends TaskTestSupport {
    private static final String NO_CREDITS = "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"m\"}}";
    private static final String OTHER_KEY = "sk-other";

    private void rejectTheNextFor(int status) {
        toApis.on(Call.SUBMIT).times(1).answer(status, NO_CREDITS);
    }

    private void haveCredits(String credits) {
        toApis.on(Call.BALANCE).answer(200, "{\"success\": true, \"remain_credits\": " + credits + "}");
    }

    private void runOutOfCredits() {
        haveCredits("0");
        rejectTheNextFor(402);
        remix("refused");
    }

    private void assertRefused(String key, Class<? extends Exception> type) {
        long before = posts();
        assertThatThrownBy(() -> submit(key))
                .isExactlyInstanceOf(type)
                .satisfies(failure ->
                        assertThat(((SoraException) failure).getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT))
                .hasMessageContainingAll(key, "is paused since", "The pause ends when");
        work();
        assertThat(posts()).isEqualTo(before);
    }

    private SubmitCommand submissionFor(String key, String credits) {
        SubmitCommand command = submission(key, "Add a puppy");
        return new SubmitCommand(
                command.key(),
                command.request(),
                command.service(),
                command.labels(),
                new Spending(new BigDecimal(credits), SpendLimits.NONE, false),
                true);
    }

    private void passAMinute() {
        passSeconds(60);
    }

    @Test
    void afterALackOfCreditsSubmitsFailAtOnce() {
        runOutOfCredits();

        assertRefused("key-1", InsufficientCreditsException.class);
        passInSteps(Duration.ofMinutes(5), Duration.ofSeconds(10));
        assertRefused("key-2", InsufficientCreditsException.class);

        assertThat(toApis.requests(Call.BALANCE)).hasSize(5);
    }

    @Test
    void aRejectionWith429ThatReportsNoCreditsPausesToo() {
        haveCredits("0");
        rejectTheNextFor(429);
        remix("refused");

        assertRefused("key-1", InsufficientCreditsException.class);
    }

    @Test
    void anyPositiveBalanceEndsAPauseOfUnknownPrice() {
        runOutOfCredits();
        passAMinute();
        toApis.clearFaults();
        haveCredits("0.5");

        passAMinute();
        remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void onlyABalanceThatCoversTheSubmitEndsAPauseOfKnownPrice() {
        haveCredits("19.9");
        rejectTheNextFor(402);
        submits.submit(submissionFor("refused", "20"), Goal.ACCEPTED, new TestWaiter()::with);
        work();
        passAMinute();
        assertRefused("key-1", InsufficientCreditsException.class);
        toApis.clearFaults();
        haveCredits("20");

        passAMinute();
        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anUnlimitedAccountGoesOn() {
        runOutOfCredits();
        toApis.clearFaults();
        toApis.on(Call.BALANCE).answer(200, "{\"success\": true, \"remain_credits\": -1, \"unlimited_quota\": true}");

        passAMinute();
        remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    /** Tries to submit every ten seconds. */
    private void submitFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second += 10) {
            try {
                remix("key-at-" + clock().instant());
            } catch (InsufficientCreditsException e) {
                assertThat(e.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
            }
            passSeconds(10);
        }
    }

    private void rejectEachSubmitAndReport(String balance) {
        toApis.on(Call.SUBMIT).answer(402, NO_CREDITS);
        toApis.on(Call.BALANCE).answer(200, balance);
    }

    @Test
    void aBalanceOfAKeyWithoutLimitLetsFewerAndFewerSubmitsBeRejected() {
        rejectEachSubmitAndReport("{\"success\": true, \"remain_credits\": -1, \"unlimited_quota\": true}");

        try (WarningCapture warnings = WarningCapture.of(AccountPauses.class)) {
            submitFor(Duration.ofMinutes(14));

            // At the minutes 0, 1, 3 and 7.
            assertThat(posts()).isEqualTo(4);
            assertThat(warnings.lines()).hasSize(4);
        }
    }

    @Test
    void aBalanceWithoutAFigureLetsFewerAndFewerSubmitsBeRejected() {
        rejectEachSubmitAndReport("{\"success\": true, \"remain_credits\": null}");

        submitFor(Duration.ofMinutes(14));

        assertThat(posts()).isEqualTo(4);
    }

    @Test
    void submitsThatAreQueuedFailWhenThePauseBegins() {
        haveCredits("0");
        rateLimiters
                .of(ACCOUNT, toApis.baseUrl())
                .setLimits(new RateLimits(new RateLimit(0.001, 1), RateLimit.UNLIMITED));
        rejectTheNextFor(402);
        TestWaiter first = submit("key-0");
        List<TestWaiter> queued =
                IntStream.range(1, 100).mapToObj(i -> submit("key-" + i)).toList();

        work();

        assertThat(first.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(queued).allSatisfy(waiter -> {
            assertThat(waiter.failure()).isExactlyInstanceOf(InsufficientCreditsException.class);
            assertThat(waiter.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        });
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitThatHasItsPermitWhenThePauseBeginsIsNotSent() {
        haveCredits("0");
        rejectTheNextFor(402);
        submit("key-0");
        TestWaiter second = submit("key-1");

        work();

        assertThat(second.failure()).isExactlyInstanceOf(InsufficientCreditsException.class);
        assertThat(second.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aSubmitOfAPausedAccountThatWaitsForItsOperatorFailsWhenItsKeyIsRejected() {
        remix("running");
        engine.pauses.pause(ACCOUNT, new Operator("joe", "Why"));
        TestWaiter waiting = submit("key-1");
        toApis.revokeApiKey(toApis.apiKey());

        passSeconds(15);

        assertThat(waiting.failure()).isExactlyInstanceOf(AuthenticationException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aRunningTaskIsPolledAndItsKeyIsAnsweredDuringAPause() {
        TestWaiter first = remix("key-1");
        runOutOfCredits();

        TestWaiter second = remix("key-1");
        completeAndPoll("key-1");

        assertThat(first.task().id()).isEqualTo(taskId("key-1"));
        assertThat(second.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aKeyThatASubmitWasRejectedWithIsNotUsedUntilTheServiceAcceptsItAgain() {
        toApis.revokeApiKey(toApis.apiKey());
        remix("refused");
        assertRefused("key-1", AuthenticationException.class);
        passAMinute();
        assertRefused("key-2", AuthenticationException.class);
        toApis.addApiKey(toApis.apiKey());

        passAMinute();
        remix("key-3");

        assertThat(state("key-3")).isEqualTo(TaskState.RUNNING);
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void aKeyThatAPollWasRejectedWithPausesSubmits() {
        remix("running");
        toApis.revokeApiKey(toApis.apiKey());

        passSeconds(15);

        assertRefused("key-1", AuthenticationException.class);
    }

    @Test
    void aForbiddenRequestPausesNothing() {
        toApis.on(Call.SUBMIT)
                .times(1)
                .answer(403, "{\"error\": {\"code\": \"model_not_allowed\", \"message\": \"m\"}}");
        TestWaiter refused = remix("refused");
        assertThat(refused.failure()).isInstanceOf(AuthenticationException.class);

        remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anotherKeyOfTheAccountIsNotPaused() {
        toApis.addApiKey(OTHER_KEY);
        runOutOfCredits();

        SubmitCommand other = submission("key-1", "Add a puppy", clientOf(toApis.baseUrl(), ApiKey.fixed(OTHER_KEY)));
        TestWaiter waiting = new TestWaiter();
        submits.submit(other, Goal.ACCEPTED, waiting::with);
        work();

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertRefused("key-2", InsufficientCreditsException.class);
    }

    @Test
    void aKeyThatItsSourceHasReplacedIsUsedAtOnce() {
        String[] held = {toApis.apiKey()};
        client = clientOf(toApis.baseUrl(), ApiKey.from("file:key", () -> held[0], clock()));
        toApis.revokeApiKey(toApis.apiKey());
        remix("refused");
        assertRefused("key-1", AuthenticationException.class);
        toApis.addApiKey(OTHER_KEY);
        held[0] = OTHER_KEY;
        passSeconds(5);

        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
        engine.pauses.refresh(List.of(service()));
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void aReasonThatNoDatabaseCanStoreIsMadeStorable() {
        engine.pauses.begin(
                service(), new KeyProblem(Cause.NO_CREDITS, service().keyFingerprint()), "NUL \0, half \ud83d", null);

        assertThat(ledger.pauses().orElseThrow().findAll())
                .singleElement()
                .extracting(AccountPause::reason)
                .isEqualTo("NUL ?, half ?");
    }

    @Test
    void aPauseThatTheLedgerRefusesBlindsThisJvmToNoOther() {
        wire(LedgersOfPauses.refusing(ledger, ACCOUNT), http, routes);
        runOutOfCredits();
        AccountPause ofOthers = AccountPause.byOperator("other", "Theirs", "node-2", ledger.now());
        ledger.pauses().orElseThrow().add(ofOthers);

        engine.pauses.refresh(List.of(service()));

        assertThatThrownBy(() -> engine.pauses.pause("other", new Operator("joe", "Again")))
                .hasMessageContainingAll("paused already", "Theirs");
        assertRefused("key-1", InsufficientCreditsException.class);
        engine.pauses.resume("other", new Operator("joe", null));
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    private String[] keyFromASource() {
        String[] held = {toApis.apiKey()};
        client = clientOf(toApis.baseUrl(), ApiKey.from("file:key", () -> held[0], clock()));
        toApis.addApiKey(OTHER_KEY);
        return held;
    }

    @Test
    void aKeyThatReplacesOneWithoutCreditsIsUsedAtOnce() {
        String[] held = keyFromASource();
        runOutOfCredits();
        assertRefused("key-1", InsufficientCreditsException.class);
        held[0] = OTHER_KEY;
        passSeconds(5);

        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aKeyThatReplacesOneWithoutCreditsEndsThePauseEvenIfNothingIsSubmitted() {
        String[] held = keyFromASource();
        runOutOfCredits();
        held[0] = OTHER_KEY;

        passAMinute();

        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
        remix("key-1");
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void aPauseOfAKeyThatThisJvmHasNeverUsedIsRemovedAfterADay() {
        AccountPause old = new AccountPause(
                ACCOUNT, toApis.baseUrl(), "0123456789abcdef", Cause.KEY_REJECTED, "m", "node-2", ledger.now(), null);
        ledger.pauses().orElseThrow().add(old);
        engine.pauses.refresh(List.of(service()));
        assertThat(ledger.pauses().orElseThrow().findAll()).containsExactly(old);

        leaveUndone(Duration.ofHours(25));
        engine.pauses.refresh(List.of(service()));

        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void anOperatorEndsIt() {
        runOutOfCredits();

        engine.pauses.resume(ACCOUNT, new Operator("joe", null));
        remix("key-1");

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void aPauseThatTheLedgerCouldNotTakeIsWrittenWithTheNextRenewal() {
        haveCredits("0");
        ledger.fail();
        engine.pauses.begin(
                service(), new KeyProblem(Cause.NO_CREDITS, service().keyFingerprint()), "m", null);
        ledger.recover();
        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
        assertRefused("key-1", InsufficientCreditsException.class);

        engine.pauses.refresh(List.of(service()));

        assertThat(ledger.pauses().orElseThrow().findAll())
                .singleElement()
                .extracting(AccountPause::cause)
                .isEqualTo(Cause.NO_CREDITS);
        assertRefused("key-2", InsufficientCreditsException.class);
    }

    @Test
    void withALedgerThatKeepsNoPausesItHoldsInThisJvm() {
        wire(LedgersOfPauses.withoutPauses(new MemoryTaskLedger(clock(), 100)), http, routes);
        runOutOfCredits();
        engine.pauses.refresh(List.of(service()));
        assertRefused("key-1", InsufficientCreditsException.class);
        toApis.clearFaults();

        passAMinute();
        TestWaiter waiting = submit("key-2", Goal.ACCEPTED);
        work();

        assertThat(waiting.task().id()).isNotNull();
    }

    @Test
    void thePauseIsReportedOnceAndWithoutTheKey() {
        try (WarningCapture warnings = WarningCapture.of(AccountPauses.class)) {
            runOutOfCredits();
            engine.pauses.refresh(List.of(service()));
            passInSteps(Duration.ofMinutes(5), Duration.ofSeconds(10));
            engine.pauses.refresh(List.of(service()));

            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains(ACCOUNT, "NO_CREDITS", "The pause ends when")
                    .doesNotContain(toApis.apiKey());
            assertThat(ledger.pauses().orElseThrow().findAll().toString()).doesNotContain(toApis.apiKey());
        }
    }
}
