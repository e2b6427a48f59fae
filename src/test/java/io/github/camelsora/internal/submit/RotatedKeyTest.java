package io.github.camelsora.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API key that is replaced while the JVM runs: calls go on with the new one, under the same account. */
class RotatedKeyTest extends TaskTestSupport {
    private static final String NEW = "sk-rotated";
    private static final String FORBIDDEN = "{\"error\": {\"code\": \"model_not_allowed\", \"message\": \"m\"}}";
    private static final String INVALID_TOKEN = "{\"error\": {\"code\": \"invalid_token\", \"message\": \"m\"}}";

    private String held;
    private int readings;

    @BeforeEach
    void readTheKeyFromASource() {
        held = toApis.apiKey();
        client = clientOf(toApis.baseUrl(), ApiKey.from("file:key", this::read, clock()));
    }

    private String read() {
        readings++;
        return held;
    }

    private void rotate() {
        toApis.addApiKey(NEW);
        toApis.revokeApiKey(toApis.apiKey());
        held = NEW;
    }

    private List<String> keysOf(Call call) {
        return toApis.requests(call).stream().map(RotatedKeyTest::keyOf).toList();
    }

    private static String keyOf(ReceivedRequest request) {
        return request.header("Authorization").orElseThrow().substring("Bearer ".length());
    }

    @Test
    void aSubmitIsSentAgainWithTheNewKeyAndPaidOnce() {
        rotate();
        TestWaiter waiting = remix("key-1");

        passSeconds(2);
        completeAndPoll("key-1");

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(keysOf(Call.SUBMIT)).containsExactly(toApis.apiKey(), NEW);
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aReplacedKeyPausesNoOtherSubmit() {
        rotate();
        remix("key-1");

        remix("key-2");

        assertThat(state("key-2")).isEqualTo(TaskState.RUNNING);
        assertThat(keysOf(Call.SUBMIT)).containsExactly(toApis.apiKey(), NEW);
    }

    @Test
    void aSubmitWithAnUnchangedKeyFailsAtOnceAsRejected() {
        toApis.revokeApiKey(toApis.apiKey());

        TestWaiter waiting = remix("key-1");
        int readingsForTheSubmit = readings;
        passInSteps(Duration.ofMinutes(20), Duration.ofSeconds(1));

        assertThat(waiting.failure()).isInstanceOf(AuthenticationException.class);
        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(state("key-1")).isEqualTo(TaskState.REJECTED);
        assertThat(posts()).isEqualTo(1);
        assertThat(readingsForTheSubmit).isEqualTo(2);
    }

    @Test
    void aNewKeyThatIsRejectedTooFailsTheSubmit() {
        toApis.revokeApiKey(toApis.apiKey());
        held = "sk-not-yet-known";

        TestWaiter waiting = remix("key-1");
        passInSteps(Duration.ofMinutes(20), Duration.ofSeconds(1));

        assertThat(waiting.failure()).isInstanceOf(AuthenticationException.class);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void aSubmitThatIsSentAgainWaitsForItsPermitAndNotAfterTheRoutesHaveStopped() {
        rotate();
        TestWaiter waiting = remix("key-1");

        stop();
        passSeconds(2);

        assertThat(waiting.failure().getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void runningTasksArePolledWithTheNewKey() {
        TestWaiter waiting = remix("key-1");
        rotate();

        completeAndPoll("key-1");

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
        assertThat(keysOf(Call.STATUS)).containsExactly(toApis.apiKey(), NEW);
    }

    @Test
    void pollsWithARevokedKeyGoOnAtTheirPaceUntilThereIsANewOne() {
        TestWaiter waiting = remix("key-1");
        toApis.revokeApiKey(toApis.apiKey());
        passInSteps(Duration.ofMinutes(5), Duration.ofSeconds(5));
        int polls = keysOf(Call.STATUS).size();
        assertThat(polls).isBetween(5, 31);
        int queriesOfThePause = keysOf(Call.BALANCE).size();
        assertThat(queriesOfThePause).isLessThanOrEqualTo(5);
        assertThat(readings).isLessThanOrEqualTo(polls + queriesOfThePause + 1);

        toApis.complete(taskId("key-1"));
        rotate();
        passInSteps(Duration.ofMinutes(3), Duration.ofSeconds(5));

        assertThat(waiting.task().id()).isEqualTo(taskId("key-1"));
    }

    @Test
    void aLostSubmitIsSearchedForWithTheNewKey() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        remix("key-1");
        rotate();

        passInSteps(Duration.ofSeconds(30), Duration.ofSeconds(1));

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void theBalanceIsQueriedWithTheNewKey() {
        rotate();

        assertThat(client.balance().remainingCredits()).isNotNull();

        assertThat(keysOf(Call.BALANCE)).containsExactly(toApis.apiKey(), NEW);
    }

    @Test
    void aBalanceThatIsMissingForTheKeyReadsItAgain() {
        toApis.on(Call.BALANCE)
                .times(1)
                .answer(200, "{\"success\": false, \"message\": \"Failed to get token info: record not found\"}");
        rotate();
        toApis.addApiKey(toApis.apiKey());

        assertThat(client.balance().remainingCredits()).isNotNull();

        assertThat(keysOf(Call.BALANCE)).containsExactly(toApis.apiKey(), NEW);
    }

    @Test
    void aBalanceQueryWithAnUnchangedKeyIsNotRepeated() {
        toApis.revokeApiKey(toApis.apiKey());

        assertThatThrownBy(() -> client.balance()).isInstanceOf(AuthenticationException.class);

        assertThat(keysOf(Call.BALANCE)).hasSize(1);
    }

    @Test
    void aForbiddenRequestNeitherReadsTheKeyAgainNorIsRepeated() {
        toApis.on(Call.SUBMIT).answer(403, FORBIDDEN);
        toApis.on(Call.STATUS).answer(403, FORBIDDEN);
        toApis.on(Call.BALANCE).answer(403, FORBIDDEN);
        held = NEW;

        TestWaiter waiting = remix("key-1");
        QueryAnswer query = client.query("task_1");

        assertThat(waiting.failure()).isInstanceOf(AuthenticationException.class);
        assertThat(query.failure()).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> client.balance()).isInstanceOf(AuthenticationException.class);
        assertThat(posts()).isEqualTo(1);
        assertThat(keysOf(Call.STATUS)).hasSize(1);
        assertThat(keysOf(Call.BALANCE)).hasSize(1);
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void aForbiddenSubmitWhoseWordsNameTheKeyIsRepeatedWithTheNewOne() {
        toApis.on(Call.SUBMIT).times(1).answer(403, INVALID_TOKEN);
        toApis.addApiKey(NEW);
        held = NEW;

        remix("key-1");
        passSeconds(2);

        assertThat(state("key-1")).isEqualTo(TaskState.RUNNING);
        assertThat(keysOf(Call.SUBMIT)).containsExactly(toApis.apiKey(), NEW);
    }

    @Test
    void aBadBalanceQueryWhoseWordsNameTheKeyIsRepeatedWithTheNewOne() {
        toApis.on(Call.BALANCE).times(1).answer(400, INVALID_TOKEN);
        toApis.addApiKey(NEW);
        held = NEW;

        assertThat(client.balance().remainingCredits()).isNotNull();

        assertThat(keysOf(Call.BALANCE)).containsExactly(toApis.apiKey(), NEW);
    }

    @Test
    void aKeyThatAGatewayInFrontOfTheServiceRejectsIsReadAgain() {
        toApis.on(Call.STATUS).times(1).answer(401, "<html>401 Authorization Required</html>");
        toApis.addApiKey(NEW);
        held = NEW;

        client.query("task_1");

        assertThat(keysOf(Call.STATUS)).containsExactly(toApis.apiKey(), NEW);
    }
}
