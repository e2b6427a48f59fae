package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A submit whose answer was lost is searched for by its key; one that is not found fails with a message that says so. */
class RecoveryKeyTest extends KeyTestSupport {
    @Test
    void aLostSubmitThatIsFoundCompletesAsIfNothingHadHappened() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(promptOf(out.getMessage().getBody(VideoTask.class).id())).isEqualTo("A puppy");
        assertPaid(1);
    }

    @Test
    void aLostSubmitThatIsFoundStillWaitsForItsEnd() throws Exception {
        letTasksRunLong();
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();
        CompletableFuture<Exchange> waiting = begin(remix, "A puppy", "CamelSoraRequestKey", "order-1");
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.RUNNING);
        assertThat(waiting).isNotDone();

        toApis.complete(recordOf("order-1").taskId());

        assertThat(waiting).succeedsWithin(LIMIT);
    }

    @Test
    void aReplicaThatDoesNotHaveTheTaskYetIsQueriedAgain() throws Exception {
        toApis.replicaLag(5).on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void withoutWaitForCompletionTheIdOfALostSubmitThatIsFoundIsReturned() throws Exception {
        letTasksRunLong();
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        Exchange out = send(remix + "&waitForCompletion=false", "A puppy");

        assertThat(out.getMessage().getHeader("CamelSoraTaskId"))
                .isEqualTo(toApis.tasks().get(1).id());
    }

    @Test
    void aLostSubmitThatIsNotFoundStaysInTheLedgerAndSaysWhatToDo() throws Exception {
        loseTheNextAnswer();
        start();

        Exchange out = send(remix + "&requestKey=order-1", "A puppy");

        assertThat(failureOf(out, SubmissionUnknownException.class))
                .hasMessageContainingAll("order-1", "Do not submit it again", "same key");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void aLostSubmitThatIsNotFoundIsNotSentAgain() throws Exception {
        loseTheNextAnswer();
        start();

        SubmissionUnknownException unknown = failureOf(send(remix, "A puppy"), SubmissionUnknownException.class);

        assertThat(unknown.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(unknown.isSafeToResend()).isFalse();
    }

    @Test
    void aTaskThatIsNotFoundIsFoundByALaterSubmitUnderItsKey() throws Exception {
        loseTheNextAnswer();
        start();
        send(remix + "&requestKey=order-1", "A puppy");
        toApis.lookup(LookUp.ON);

        Exchange out = send(remix + "&requestKey=order-1&recoveryTimeout=20s", "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void aKeyThatWasNotSentIsNotSearchedFor() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        start();

        Exchange out = send(remix + "&sendRequestKey=false&requestKey=order-1", "A puppy");

        assertThat(failureOf(out, SubmissionUnknownException.class))
                .hasMessageContainingAll("sendRequestKey", "vendor's console");
        assertThat(toApis.books().polls("order-1")).isZero();
    }

    @Test
    void aKeyThatWasNotSentStillKeepsOthersFromPayingAgain() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        start();
        send(remix + "&sendRequestKey=false&requestKey=order-1", "A puppy");

        Exchange out = send(remix + "&sendRequestKey=false&requestKey=order-1", "A puppy");

        assertThat(out.getException()).isInstanceOf(SubmissionUnknownException.class);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aServiceThatRejectsTheKeyIsAnsweredWithTheOptionThatHelps() throws Exception {
        toApis.lookup(LookUp.REJECT);
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(failureOf(out, BadRequestException.class))
                .hasMessageContainingAll("client_business_id", "sendRequestKey=false");
    }

    @Test
    void anotherTaskThatAnswersToTheKeyIsNotAccepted() throws Exception {
        toApis.on(Call.SUBMIT).times(1).cut();
        toApis.on(Call.STATUS)
                .when(request -> request.path().contains("/order-1~"))
                .answer(
                        200,
                        "{\"id\": \"video_other\", \"status\": \"completed\","
                                + " \"client_business_id\": \"order-2~0123456789\"}");
        start();

        Exchange out = send(remix + "&requestKey=order-1", "A puppy");

        assertThat(out.getException()).isInstanceOf(SubmissionUnknownException.class);
    }

    @Test
    void theSourceIsNotMistakenForItsRemixWhenItsIdIsTheKey() throws Exception {
        toApis.on(Call.SUBMIT).times(1).cut();
        String source = toApis.addSource("video_source");
        start();

        Exchange out = send("sora:remix?videoId=" + source + "&requestKey=" + source, "A puppy");

        assertThat(out.getException()).isInstanceOf(SubmissionUnknownException.class);
    }
}
