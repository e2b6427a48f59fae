package io.github.camelsora.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.KeyProblem;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.LogCapture;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** How the pause of an account ends, also one that another JVM has begun or ended, and what an operator reads of it. */
class PauseEndTest extends TaskTestSupport {
    private static final String WHY = "The bill is too high";
    private static final String OTHER_KEY = "sk-other";

    private void haveNoCredits() {
        toApis.on(Call.BALANCE).answer(200, "{\"success\": true, \"remain_credits\": 0}");
    }

    private void runOutOfCredits(String words) {
        engine.pauses.begin(
                service(), new KeyProblem(Cause.NO_CREDITS, service().keyFingerprint()), words, null);
    }

    private AccountPause ofAnUnusedKey(String account) {
        AccountPause pause = new AccountPause(
                account, toApis.baseUrl(), "0123456789abcdef", Cause.KEY_REJECTED, "m", "node-2", ledger.now(), null);
        ledger.pauses().orElseThrow().add(pause);
        return pause;
    }

    /** With the next renewal of the lease. */
    private void refresh() {
        engine.pauses.refresh(List.of(service()));
    }

    private void assertSubmitsGoOn() {
        remix("key-of-the-end");
        assertThat(state("key-of-the-end")).isEqualTo(TaskState.RUNNING);
    }

    private static List<String> ends(Queue<String> log) {
        return log.stream().filter(line -> line.contains("no longer paused")).toList();
    }

    @Test
    void anOperatorEndsAPauseThatAnotherJvmHasJustBegun() {
        ledger.pauses().orElseThrow().add(AccountPause.byOperator(ACCOUNT, WHY, "node-2", ledger.now()));

        engine.pauses.resume(ACCOUNT, new Operator("joe", null));

        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
        assertSubmitsGoOn();
    }

    @Test
    void anOperatorEndsAPauseThatIsNotInTheLedgerYet() {
        ledger.fail();
        runOutOfCredits("m");
        ledger.recover();

        engine.pauses.resume(ACCOUNT, new Operator("joe", null));
        refresh();

        assertThat(ledger.pauses().orElseThrow().findAll()).isEmpty();
        assertSubmitsGoOn();
    }

    @Test
    void aPauseThatAnotherJvmHasEndedEndsWithTheNextRenewalAndIsLoggedOnce() {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        engine.pauses.pause(ACCOUNT, new Operator("joe", WHY));
        ledger.pauses().orElseThrow().findAll().forEach(ledger.pauses().orElseThrow()::remove);

        try (LogCapture capture = new LogCapture(log)) {
            refresh();
            refresh();
        }

        assertThat(ends(log))
                .singleElement()
                .asString()
                .contains(ACCOUNT, "another JVM, or an operator there, has ended it");
        assertSubmitsGoOn();
    }

    @Test
    void theEndOfOneOfTwoPausesNamesTheOtherThatStillHoldsTheSubmits() {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        runOutOfCredits("m");
        engine.pauses.pause(ACCOUNT, new Operator("joe", WHY));

        try (LogCapture capture = new LogCapture(log)) {
            passSeconds(60);
        }

        assertThat(ends(log)).isEmpty();
        assertThat(log)
                .filteredOn(line -> line.contains("has ended"))
                .singleElement()
                .asString()
                .contains(ACCOUNT, "NO_CREDITS since", "the balance covers", "stays paused (OPERATOR since")
                .doesNotContain("go on");
    }

    @Test
    void theEndOfThePauseNamesItsCause() {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        runOutOfCredits("m");

        try (LogCapture capture = new LogCapture(log)) {
            passSeconds(60);
        }

        assertThat(ends(log)).singleElement().asString().contains("NO_CREDITS since", "Its submits go on");
    }

    @Test
    void theEndOfAPauseThatNeverBoundThisJvmIsNotLogged() {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        AccountPause pause = ofAnUnusedKey(ACCOUNT);
        refresh();

        try (LogCapture capture = new LogCapture(log)) {
            ledger.pauses().orElseThrow().remove(pause);
            refresh();
        }

        assertThat(ends(log)).isEmpty();
    }

    @Test
    void aPauseOfAnAccountThatThisJvmDoesNotUseStaysHoweverOldItIs() {
        AccountPause other = ofAnUnusedKey("other");

        leaveUndone(Duration.ofDays(30));
        refresh();

        assertThat(ledger.pauses().orElseThrow().findAll()).containsExactly(other);
    }

    @Test
    void theBalanceIsQueriedOnceAMinuteHoweverManySubmitsWereRejected() {
        haveNoCredits();
        runOutOfCredits("The first");
        runOutOfCredits("The second");

        passSeconds(60);

        assertThat(toApis.requests(Call.BALANCE)).hasSize(1);
        assertThat(ledger.pauses().orElseThrow().findAll())
                .extracting(AccountPause::reason)
                .containsExactly("The first");
    }

    @Test
    void afterItsEndTheBalanceIsNotQueriedAnyMore() {
        haveNoCredits();
        runOutOfCredits("m");
        passSeconds(60);
        engine.pauses.resume(ACCOUNT, new Operator("joe", null));

        passInSteps(Duration.ofMinutes(5), Duration.ofSeconds(10));

        assertThat(toApis.requests(Call.BALANCE)).hasSize(1);
    }

    @Test
    void aReplacedKeyOfAnAccountThatAnOperatorHasPausedWaitsForTheOperator() {
        String[] held = {toApis.apiKey()};
        client = clientOf(toApis.baseUrl(), ApiKey.from("file:key", () -> held[0], clock()));
        toApis.revokeApiKey(toApis.apiKey());
        remix("refused");
        engine.pauses.pause(ACCOUNT, new Operator("joe", WHY));
        toApis.addApiKey(OTHER_KEY);
        held[0] = OTHER_KEY;
        passSeconds(5);

        TestWaiter waiting = submit("key-1");
        work();

        assertThat(waiting.timesNotified()).isZero();
        assertThat(posts()).isEqualTo(1);
        engine.pauses.resume(ACCOUNT, new Operator("joe", null));
        work();
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }
}
