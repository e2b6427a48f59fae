package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Envelope;
import io.github.camelsora.simulator.ErrorShape;
import io.github.camelsora.simulator.IdField;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.ResultUrl;
import io.github.camelsora.support.RawServer;
import io.github.camelsora.support.TaskTestSupport;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said, word for word, and that the answers of a well-behaved service are understood. */
class ToApisClientTest extends HttpTest {

    @Test
    void aSubmitIsAPostToTheRemixOfItsSource() {
        submit(client());

        ReceivedRequest request = simulator.requests().get(0);
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/videos/video_source/remix");
    }

    @Test
    void aSubmitCarriesItsFieldsAndOurKeyAsJson() throws Exception {
        submit(client(), "key-1");

        assertThat(simulator.requests().get(0).json()).isEqualTo(new ObjectMapper().readTree("""
                {"model": "sora-2", "prompt": "Add a puppy", "client_business_id": "key-1"}"""));
    }

    @Test
    void aSubmitIsJsonByItsContentTypeToo() {
        submit(client());

        assertThat(simulator.requests().get(0).header("Content-Type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("application/json"));
    }

    @Test
    void ourKeyIsNotSentWithoutAWireKey() {
        client().submit(puppyIn("video_source"), "key-1", null, null, null);

        assertThat(simulator.requests().get(0).body()).doesNotContain("client_business_id", "key-1");
    }

    @Test
    void aPromptArrivesInWhateverScriptItIsWritten() {
        SubmitRequest request =
                SubmitRequest.of(SubmitOperation.REMIX, RemixRequest.of("video_source", "Добавь щенка 🐶 \"now\"\n"));

        client().submit(request, "key-1", "key-1", null, null);

        assertThat(simulator.requests().get(0).json().get("prompt").textValue()).isEqualTo("Добавь щенка 🐶 \"now\"\n");
    }

    @Test
    void theApiKeyTravelsAsBearer() {
        submit(client());

        assertThat(simulator.requests().get(0).header("Authorization")).hasValue("Bearer " + simulator.apiKey());
    }

    @Test
    void anAnswerInJsonIsAskedFor() {
        submit(client());

        assertThat(simulator.requests().get(0).header("Accept")).hasValue("application/json");
    }

    @Test
    void aClientIsWrittenWithItsServiceAndWithoutItsKey() {
        assertThat(client().toString()).contains(simulator.baseUrl()).doesNotContain(simulator.apiKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1", "/v1/", "//"})
    void aBaseWorksHoweverItWasPasted(String end) {
        SubmitAnswer answer = submit(client(simulator.baseUrl() + end));

        assertThat(answer).isInstanceOf(SubmitAnswer.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskIsAcceptedInEachEnvelope(Envelope envelope) {
        simulator.envelope(envelope);

        SubmitAnswer answer = submit(client());

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.Accepted.class))
                .extracting(accepted -> accepted.task().id())
                .isEqualTo(simulator.tasks().get(1).id());
    }

    @ParameterizedTest
    @EnumSource
    void aTaskIsAcceptedWhereverItsIdStands(IdField field) {
        simulator.idField(field);

        SubmitAnswer answer = submit(client());

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.Accepted.class))
                .extracting(accepted -> accepted.task().id())
                .isEqualTo(simulator.tasks().get(1).id());
    }

    @Test
    void aTaskThatIsAcceptedWithoutAStatusIsAccepted() {
        simulator.submitStatus("");

        SubmitAnswer answer = submit(client());

        assertThat(answer).isInstanceOf(SubmitAnswer.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyIsRecognizedInEachShapeOfErrors(ErrorShape shape) {
        simulator.errorShape(shape).revokeApiKey(simulator.apiKey());

        SubmitAnswer answer = submit(client());

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.Rejected.class))
                .extracting(SubmitAnswer.Rejected::reason)
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void aQueryIsAGetForItsTask() {
        String task = simulator.addTask("video_7");

        client().query(task);

        ReceivedRequest request = simulator.requests().get(0);
        assertThat(request.method() + " " + request.target()).isEqualTo("GET /v1/videos/generations/video_7");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFinishedTaskIsFoundWhereverItsAddressStands(ResultUrl place) {
        String task = simulator.resultUrl(place).addSource();

        QueryAnswer answer = client().query(task);

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.Found.class))
                .extracting(found -> found.task().videoUrl())
                .isEqualTo(simulator.task(task).videoUrls().get(0));
    }

    @Test
    void aFailedTaskIsFoundWithItsReason() {
        String task = simulator.addTask();
        simulator.fail(task, "generation_failed", "Content violates the content policy");

        QueryAnswer answer = client().query(task);

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.Found.class))
                .extracting(
                        found -> found.task().status(), found -> found.task().errorCode())
                .containsExactly(TaskStatus.FAILED, "generation_failed");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTML")
    void anUnknownTaskIsMissingInEachShapeOfErrors(ErrorShape shape) {
        simulator.errorShape(shape);

        QueryAnswer answer = client().query("video_nobody_has");

        assertThat(answer).isInstanceOf(QueryAnswer.NotFound.class);
    }

    @Test
    void aRateLimitedQueryHasItsRetryAfter() {
        simulator.on(Call.STATUS).answer(429, "{}", "Retry-After: 7");

        QueryAnswer answer = client().query("video_source");

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.RetryLater.class))
                .extracting(QueryAnswer.RetryLater::retryAfter)
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aQueryWhoseAnswerIsLostIsAskedAgain() {
        simulator.on(Call.STATUS).cut();

        QueryAnswer answer = client().query("video_source");

        assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
    }

    @Test
    void aQueryWhoseAnswerIsCutIsAskedAgain() {
        simulator.on(Call.STATUS).cutBody();

        QueryAnswer answer = client().query("video_source");

        assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Who?", "403 Forbidden", "404 Not Found", "502 Bad Gateway"})
    void theAnswerOfAProxySaysNothingAboutTheTask(String refusal) throws IOException {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n")) {
            HttpClient queries = plain(10, PATIENT, builder -> builder.setProxy(proxy.host()));

            QueryAnswer answer = new ToApisClient(
                            BaseUrl.parse("https://toapis.test"),
                            ApiKey.fixed("sk-1"),
                            TaskTestSupport.SILENT,
                            queries,
                            queries)
                    .query("video_source");

            assertThat(answer).isInstanceOf(QueryAnswer.RetryLater.class);
        }
    }

    @Test
    void theBalanceIsAskedForWithoutPaying() {
        Balance balance = client().balance();

        assertThat(balance.remainingCredits()).isEqualByComparingTo("1000000");
        assertThat(simulator.requests()).extracting(ReceivedRequest::call).containsExactly(Call.BALANCE);
    }

    @Test
    void aNewVideoIsAPostToTheGenerations() {
        RemixRequest street = RemixRequest.of(null, "A street in the rain").withModel("sora-2-vvip");

        client().submit(SubmitRequest.of(SubmitOperation.GENERATE, street), "key-1", "key-1", null, null);

        assertThat(simulator.requests()).extracting(ReceivedRequest::call).containsExactly(Call.SUBMIT_GENERATION);
    }
}
