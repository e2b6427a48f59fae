package io.github.camelsora.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a look-up by wire key may bring: the task of the lost submit, and no other. */
class FoundTaskTest extends TaskTestSupport {
    private TestWaiter waiting;

    @BeforeEach
    void loseAnAnswer() {
        toApis.addSource("video_found");
        toApis.on(Call.SUBMIT).times(1).cut();
        waiting = remix("key-1");
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void anEchoOfTheWireKeyIsAcceptedWhateverItsTime() {
        answerLookUps("\"client_business_id\": \"" + record("key-1").wireKey() + "\", \"created_at\": 1");

        assertAccepted();
    }

    @Test
    void aTruncatedEchoProvesNothing() {
        String wireKey = record("key-1").wireKey();
        answerLookUps("\"client_business_id\": \"" + wireKey.substring(0, wireKey.length() - 2) + "\"");

        assertAccepted();
    }

    @Test
    void anEchoWhoseOwnCharactersAreTheSameIsAccepted() {
        answerLookUps(
                "\"client_business_id\": \"u42:" + record("key-1").wireKey().toUpperCase() + "\"");

        assertAccepted();
    }

    @Test
    void theSourceIsNotAcceptedAsItsRemix() {
        String source = submission("x", "y").request().videoId();
        toApis.on(Call.STATUS)
                .when(request -> request.path().contains("/key-1~"))
                .answer(200, "{\"id\": \"" + source + "\", \"status\": \"queued\"}");

        assertNotAccepted();
    }

    @Test
    void aRecordOfAUserIsNoImport() {
        TestWaiter other = remix("task:video_found");
        String paid = taskId("task:video_found");
        other.claim().release();
        answerLookUps("\"progress\": 3");

        assertAccepted();
        assertThat(taskId("task:video_found")).isEqualTo(paid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-1~0000000000", "order-2~0123456789", "order-2"})
    void anotherEchoIsNotAccepted(String echo) {
        answerLookUps("\"client_business_id\": \"" + echo + "\"");

        assertNotAccepted();
    }

    @Test
    void anAnswerWithoutEchoIsAcceptedWhenNothingContradictsIt() {
        answerLookUps("\"model\": \"sora-2\", \"prompt\": \"Add a  puppy\", \"created_at\": " + secondsFromNow(-240));

        assertAccepted();
    }

    @Test
    void anAnswerWithNothingButItsIdIsAccepted() {
        answerLookUps("\"progress\": 3");

        assertAccepted();
    }

    @Test
    void aTaskThatIsOlderThanTheIntentIsNotAccepted() {
        answerLookUps("\"created_at\": " + secondsFromNow(-320));

        assertNotAccepted();
    }

    @ParameterizedTest
    @CsvSource({"model, veo-3", "prompt, Add a kitten"})
    void aTaskOfAnotherModelOrPromptIsNotAccepted(String field, String value) {
        answerLookUps("\"" + field + "\": \"" + value + "\"");

        assertNotAccepted();
    }

    @Test
    void aTaskThatAnotherRecordHasIsNotAccepted() {
        addRunning("key-2", "video_found");
        answerLookUps("\"progress\": 3");

        assertNotAccepted();
    }

    @Test
    void aTaskThatAnotherKeyIsGivenDuringTheLookUpIsNotAcceptedAndTheSearchGoesOn() {
        ledger.onceBeforeReplace(() -> addRunning("key-2", "video_found"));
        answerLookUps("\"progress\": 3");

        assertNotAccepted();
        assertThat(recovery.isSearching(ref("key-1"))).isTrue();
    }

    @Test
    void aTaskThatIsAwaitedByItsIdIsAcceptedAllTheSame() {
        TestWaiter awaiting = await("video_found");
        answerLookUps("\"client_business_id\": \"" + record("key-1").wireKey() + "\"");

        assertAccepted();
        assertThat(awaiting.timesNotified()).isZero();
        complete("video_found");
        assertThat(awaiting.task().id()).isEqualTo("video_found");
        assertThat(waiting.task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void anImportThatNoExchangeHoldsIsMergedSoThatItsTaskIsDeliveredOnce() {
        await("video_found").claim().release();
        waiting.claim().release();
        answerLookUps("\"client_business_id\": \"" + record("key-1").wireKey() + "\"");

        passSeconds(30);

        assertThat(ledger.find(ACCOUNT, "task:video_found")).isEmpty();
        complete("video_found");
        assertThat(ledger.findDue(ACCOUNT, null, 10))
                .extracting(TaskRecord::key)
                .containsExactly("key-1");
    }

    @Test
    void aTaskThatWasDeliveredUnderItsImportIsNotDeliveredAgain() {
        TestWaiter awaiting = await("video_found");
        complete("video_found");
        awaiting.claim().delivered();
        waiting.claim().release();
        answerLookUps("\"client_business_id\": \"" + record("key-1").wireKey() + "\"");

        passSeconds(60);

        assertThat(state("key-1")).isEqualTo(TaskState.DELIVERED);
        assertThat(ledger.findDue(ACCOUNT, null, 10)).isEmpty();
    }

    @Test
    void aPollOfAnAwaitedTaskThatCarriesTheWireKeyFindsTheLostSubmit() {
        toApis.answerStatus(
                "video_found",
                "{\"id\": \"video_found\", \"status\": \"queued\", \"client_business_id\": \""
                        + record("key-1").wireKey() + "\"}");

        await("video_found");
        passSeconds(6);

        assertThat(taskId("key-1")).isEqualTo("video_found");
    }

    private void answerLookUps(String fields) {
        toApis.on(Call.STATUS)
                .when(request -> request.path().contains("/key-1~"))
                .answer(200, "{\"id\": \"video_found\", \"status\": \"queued\", " + fields + "}");
        toApis.answerStatus("video_found", "{\"id\": \"video_found\", \"status\": \"in_progress\"}");
    }

    private void complete(String id) {
        toApis.answerStatus(
                id,
                "{\"id\": \"" + id + "\", \"status\": \"completed\", \"result\": {\"data\": [{\"url\":"
                        + " \"https://files.toapis.com/x.mp4\"}]}}");
        passSeconds(30);
    }

    private long secondsFromNow(long seconds) {
        Instant now = ledger.now();
        return now.plusSeconds(seconds).getEpochSecond();
    }

    private void assertAccepted() {
        passSeconds(30);
        assertThat(record("key-1").taskId()).isEqualTo("video_found");
        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
    }

    private void assertNotAccepted() {
        passSeconds(30);
        assertThat(state("key-1")).isEqualTo(TaskState.UNKNOWN);
        assertThat(taskId("key-1")).isNull();
    }
}
