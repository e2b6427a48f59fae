package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest extends SimulatorTest {

    @Test
    void anAnswerOfATestReplacesProcessing() throws Exception {
        simulator().on(Call.SUBMIT).times(2).answer(503, "{\"busy\": true}", "Retry-After: 1");

        HttpResponse<String> first = remix(PUPPY);
        HttpResponse<String> second = remix(PUPPY);
        HttpResponse<String> third = remix(PUPPY);

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.body()).isEqualTo("{\"busy\": true}");
        assertThat(first.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(third.statusCode()).isEqualTo(200);
        assertBooks(3, 1);
    }

    @Test
    void aCutBeforeProcessingAcceptsNothing() {
        simulator().on(Call.SUBMIT).times(1).cut();

        assertThatThrownBy(() -> remix(PUPPY)).isInstanceOf(IOException.class);

        assertBooks(1, 0);
    }

    @Test
    void aCutAfterProcessingHasAcceptedAndCharged() {
        simulator().on(Call.SUBMIT).times(1).afterProcessing().cut();

        assertThatThrownBy(() -> remix(PUPPY)).isInstanceOf(IOException.class);

        assertBooks(1, 1);
        assertThat(simulator().books().charged()).isEqualTo(20);
    }

    @Test
    void aCutInsideTheBodyHasAcceptedAndCharged() {
        simulator().on(Call.SUBMIT).times(1).cutBody();

        assertThatThrownBy(() -> remix(PUPPY)).isInstanceOf(IOException.class);

        assertBooks(1, 1);
    }

    @Test
    void anAnswerSentByteByByteIsTheTrueAnswer() throws Exception {
        simulator().on(Call.SUBMIT).times(1).drip(Duration.ofNanos(1));

        HttpResponse<String> answer = remix(PUPPY);

        assertThat(json(answer).has("id")).isTrue();
        assertBooks(1, 1);
    }

    @Test
    void anAcceptedSubmitCanGetAnotherAnswer() throws Exception {
        simulator().on(Call.SUBMIT).times(1).afterProcessing().answer(500, "<html>", "Content-Type: text/html");
        simulator().on(Call.SUBMIT).times(1).afterProcessing().answer(302, "", "Location: http://example.org/");
        simulator().on(Call.SUBMIT).times(1).afterProcessing().answer(200, "{\"object\": \"generation.task\"}");
        simulator().on(Call.SUBMIT).times(1).afterProcessing().answer(204, "");

        HttpResponse<String> error = remix(PUPPY);
        HttpResponse<String> redirect = remix(PUPPY);
        HttpResponse<String> withoutId = remix(PUPPY);
        HttpResponse<String> empty = remix(PUPPY);

        assertThat(error.statusCode()).isEqualTo(500);
        assertThat(error.headers().allValues("Content-Type")).containsExactly("text/html");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).hasValue("http://example.org/");
        assertThat(json(withoutId).has("id")).isFalse();
        assertThat(empty.statusCode()).isEqualTo(204);
        assertThat(empty.body()).isEmpty();
        assertBooks(4, 4);
    }

    @Test
    void anAcceptedSubmitCanGetAnErrorOfTheService() throws Exception {
        simulator().on(Call.SUBMIT).times(1).refuse(ApiError.RATE_LIMIT_UNAVAILABLE);
        simulator().on(Call.SUBMIT).times(1).afterProcessing().refuse(ApiError.INTERNAL_ERROR);

        HttpResponse<String> refused = remix(PUPPY);
        HttpResponse<String> accepted = remix(PUPPY);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).at("/error/code").textValue()).isEqualTo("rate_limit_unavailable");
        assertThat(accepted.statusCode()).isEqualTo(500);
        assertBooks(2, 1);
    }

    @Test
    void aRuleAppliesOnlyToRequestsThatMatchItsCondition() throws Exception {
        simulator()
                .on(Call.SUBMIT)
                .when(request -> request.body().contains("kitten"))
                .times(1)
                .answer(418, "");

        HttpResponse<String> puppy = remix(PUPPY);
        HttpResponse<String> kitten = remix("{\"prompt\": \"Add a kitten\"}");

        assertThat(puppy.statusCode()).isEqualTo(200);
        assertThat(kitten.statusCode()).isEqualTo(418);
    }

    @Test
    void aRuleAppliesOnlyToItsKindOfCall() throws Exception {
        simulator().on(Call.SUBMIT_GENERATION).answer(418, "");
        simulator().on(Call.BALANCE).answer(419, "");

        assertThat(remix(PUPPY).statusCode()).isEqualTo(200);
        assertThat(generate(PUPPY).statusCode()).isEqualTo(418);
        assertThat(get("/v1/user/balance").statusCode()).isEqualTo(419);
        assertThat(status(simulator().addTask()).statusCode()).isEqualTo(200);
    }

    @Test
    void aRuleWithoutALimitAppliesUntilFaultsAreCleared() throws Exception {
        simulator().on(Call.ANY).answer(500, "");

        int first = get("/v1/balance").statusCode();
        int second = remix(PUPPY).statusCode();
        simulator().clearFaults();
        int third = get("/v1/balance").statusCode();

        assertThat(first).isEqualTo(500);
        assertThat(second).isEqualTo(500);
        assertThat(third).isEqualTo(200);
    }

    @Test
    void aDelayedCallGetsTheTrueAnswer() throws Exception {
        simulator().on(Call.SUBMIT).times(1).delay(Duration.ofMillis(1));
        simulator().on(Call.SUBMIT).times(1).afterProcessing().delay(Duration.ofMillis(1));

        assertThat(remix(PUPPY).statusCode()).isEqualTo(200);
        assertThat(remix(PUPPY).statusCode()).isEqualTo(200);
        assertBooks(2, 2);
    }

    @Test
    void aConditionThatThrowsIsReportedInTheAnswer() throws Exception {
        simulator().on(Call.SUBMIT).when(request -> request.json().isEmpty()).answer(200, "");

        HttpResponse<String> answer = remix("not json");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("The simulator failed").contains("Not JSON");
    }

    @Test
    void aRuleHasOneEffect() {
        FaultRule rule = simulator().on(Call.SUBMIT);
        rule.cut();

        assertThatIllegalStateException().isThrownBy(rule::cut);
    }

    @Test
    void malformedHeadersAreRejected() {
        FaultRule rule = simulator().on(Call.SUBMIT);

        assertThatIllegalArgumentException().isThrownBy(() -> rule.answer(200, "", "no colon"));
        assertThatIllegalArgumentException().isThrownBy(() -> rule.answer(200, "", "A: b\r\nC: d"));
        assertThatIllegalArgumentException().isThrownBy(() -> rule.answer(200, "", "content-length: 5"));
        assertThatIllegalArgumentException().isThrownBy(() -> rule.answer(100, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> rule.times(0));
    }

    private void assertBooks(int received, int accepted) {
        Books books = simulator().books();
        assertThat(books.submitsReceived()).isEqualTo(received);
        assertThat(books.submitsAccepted()).isEqualTo(accepted);
    }
}
