package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.OperatorBean;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What an operator decides about a key by hand, in Java and over JMX, and what is rejected with a message. */
class OperatorKeyTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    @Override
    protected boolean isManaged() {
        return true;
    }

    @Test
    void aFailedTaskIsPaidForOnceMoreByRetry() throws Exception {
        failATask();

        sora().operator().retry(null, "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
        assertThat(toApis.books().acceptedByKey()).containsEntry("order-1", 2);
    }

    @Test
    void aSubmitAfterARetryGetsTheNewTask() throws Exception {
        failATask();
        toApis.failingWord("[never]");

        sora().operator().retry(null, "order-1", OPERATOR);
        Exchange out = send(remix, "A puppy [fail]", KEY, "order-1");

        assertThat(out.getException()).isNull();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    @Test
    void aRejectedSubmitIsSentOnceMoreByRetry() throws Exception {
        start();
        toApis.credits(0);
        send(remix, "A puppy", KEY, "order-1");
        toApis.credits(PRICE);
        sora().operator().resume("default", OPERATOR);

        sora().operator().retry(null, "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 1);
    }

    @Test
    void aTaskThatRunsIsNotRetried() throws Exception {
        runATask();

        assertThatThrownBy(() -> sora().operator().retry(null, "order-1", OPERATOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("order-1", "RUNNING");
        assertPaid(1);
    }

    @Test
    void aFinishedVideoIsNotRetried() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        assertThatThrownBy(() -> sora().operator().retry(null, "order-1", OPERATOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("order-1", "only what has failed");
        assertPaid(1);
    }

    @Test
    void anUnknownSubmitIsNotRetriedUntilItIsForgotten() throws Exception {
        loseAnAnswer();

        assertThatThrownBy(() -> sora().operator().retry(null, "order-1", OPERATOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("UNKNOWN", "forget it");
        assertPaid(1);
    }

    @Test
    void aForeignTaskIsNotRetried() throws Exception {
        start();
        String id = toApis.addTask();
        toApis.fail(id, "generation_failed", "No");
        send("sora:await?taskId=" + id, null);

        assertThatThrownBy(() -> sora().operator().retry(null, "task:" + id, OPERATOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was submitted elsewhere");
    }

    @Test
    void anUnusedKeyIsNeitherRetriedNorForgotten() throws Exception {
        start();

        assertThatThrownBy(() -> sora().operator().retry(null, "order-1", OPERATOR))
                .hasMessageContaining("no task with key order-1");
        assertThatThrownBy(() -> sora().operator().forget(null, "order-1", OPERATOR))
                .hasMessageContaining("no task with key order-1");
    }

    @Test
    void aForgottenKeyIsPaidForAgain() throws Exception {
        loseAnAnswer();

        sora().operator().forget(null, "order-1", OPERATOR);
        Exchange out = send(remix, "A puppy", KEY, "order-1");

        assertThat(out.getException()).isNull();
        assertThat(toApis.books().acceptedByKey()).containsEntry("order-1", 2);
    }

    @Test
    void aTaskThatRunsIsNotForgotten() throws Exception {
        runATask();

        assertThatThrownBy(() -> sora().operator().forget(null, "order-1", OPERATOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("order-1", "RUNNING", "paid for");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void waitersForAForgottenKeyFail() throws Exception {
        options().setRecoveryTimeout(60_000);
        loseTheNextAnswer();
        start();
        CompletableFuture<Exchange> waiting = begin(remix, "A puppy", KEY, "order-1");
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.UNKNOWN);

        sora().operator().forget(null, "order-1", OPERATOR);

        assertThat(waiting).succeedsWithin(LIMIT).satisfies(out -> assertThat(
                        failureOf(out, SubmissionUnknownException.class))
                .hasMessageContainingAll("order-1", "forgotten"));
    }

    @Test
    void retryIsAnOperationOverJmx() throws Exception {
        failATask();

        OperatorBean.callLocally(camel, "retry", "", "order-1", "joe", "A test");

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
    }

    @Test
    void forgetIsAnOperationOverJmx() throws Exception {
        failATask();

        OperatorBean.callLocally(camel, "forget", "", "order-1", "joe", "A test");

        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
    }

    @Test
    void aRejectionReachesTheConsoleInWords() throws Exception {
        runATask();

        assertThatThrownBy(() -> OperatorBean.callLocally(camel, "forget", "", "order-1", "joe", "A test"))
                .rootCause()
                .hasMessageContainingAll("order-1", "RUNNING", "paid for");
    }

    @Test
    void aKeyOfAnotherAccountIsFoundByItself() throws Exception {
        start();
        send(remix + "&account=shop", "A puppy [fail]", KEY, "order-1");

        sora().operator().retry(null, "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
    }

    @Test
    void aKeyOfTwoAccountsIsRetriedForTheOneThatIsNamedOnly() throws Exception {
        failATask();
        send(remix + "&account=shop", "A kitten [fail]", KEY, "order-1");

        assertThatThrownBy(() -> sora().operator().retry(null, "order-1", OPERATOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("order-1", "default, shop", "Name the account");
        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
        sora().operator().retry("shop", "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 3);
        assertThat(toApis.requests(Call.SUBMIT).get(2).json().path("prompt").textValue())
                .isEqualTo("A kitten [fail]");
    }

    @Test
    void aKeyOfTwoAccountsIsForgottenForTheOneThatIsNamedOnly() throws Exception {
        failATask();
        send(remix + "&account=shop", "A kitten [fail]", KEY, "order-1");

        assertThatThrownBy(() -> sora().operator().forget(null, "order-1", OPERATOR))
                .hasMessageContaining("default, shop");
        sora().operator().forget("shop", "order-1", OPERATOR);

        assertThat(sora().ledger().find("default", "order-1")).isPresent();
        assertThat(sora().ledger().find("shop", "order-1")).isEmpty();
    }

    @Test
    void aKeyOfAnotherAccountIsForgottenOverJmx() throws Exception {
        start();
        send(remix + "&account=shop", "A puppy [fail]", KEY, "order-1");
        send(remix + "&account=shop", "A kitten [fail]", KEY, "order-2");

        OperatorBean.callLocally(camel, "forget", "", "order-1", "joe", "A test");
        OperatorBean.callLocally(camel, "forget", "shop", "order-2", "joe", "A test");

        assertThat(sora().ledger().find("shop", "order-1")).isEmpty();
        assertThat(sora().ledger().find("shop", "order-2")).isEmpty();
    }

    @Test
    void anAccountWhoseEndpointHasStoppedIsStillKnown() throws Exception {
        start();
        send(remix + "&account=shop", "A puppy [fail]", KEY, "order-1");
        camel.getEndpoint(remix + "&account=shop").stop();

        sora().operator().forget(null, "order-1", OPERATOR);

        assertThat(sora().ledger().find("shop", "order-1")).isEmpty();
    }

    @Test
    void aTaskOfAnotherAccountThatWasSetAsideIsReleased() throws Exception {
        setAside("order-1");
        setAside("order-2");

        sora().operator().release(null, "order-1", OPERATOR);
        sora().operator().release("shop", "order-2", OPERATOR);

        assertThat(sora().ledger().find("shop", "order-1").orElseThrow().state())
                .isNotEqualTo(TaskState.SET_ASIDE);
        assertThat(sora().ledger().find("shop", "order-2").orElseThrow().state())
                .isNotEqualTo(TaskState.SET_ASIDE);
    }

    @Test
    void aKeyThatNoKnownAccountHasIsNotFoundInWordsThatNameThem() throws Exception {
        start();
        send(remix + "&account=shop", "A puppy", KEY, "order-1");

        assertThatThrownBy(() -> sora().operator().release(null, "order-2", OPERATOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("no task with key order-2", "default, shop");
    }

    private void setAside(String key) throws Exception {
        letTasksRunLong();
        camel.start();
        send(remix + "&account=shop&waitForCompletion=false&trackingTimeout=1", "A puppy", KEY, key);
        await().atMost(LIMIT)
                .until(() -> sora().ledger().find("shop", key).orElseThrow().state() == TaskState.SET_ASIDE);
    }

    private void failATask() throws Exception {
        start();
        send(remix, "A puppy [fail]", KEY, "order-1");
    }

    private void runATask() throws Exception {
        letTasksRunLong();
        start();
        send(remix + "&waitForCompletion=false", "A puppy", KEY, "order-1");
    }

    private void loseAnAnswer() throws Exception {
        loseTheNextAnswer();
        start();
        send(remix, "A puppy", KEY, "order-1");
    }
}
