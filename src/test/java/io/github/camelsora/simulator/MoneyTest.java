package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MoneyTest extends SimulatorTest {

    @Test
    void theBalanceHasTheDocumentedShape() throws Exception {
        simulator().credits(2560).price(460);
        remix(PUPPY);

        HttpResponse<String> answer = get("/v1/balance");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(json("""
                {"success": true, "remain_balance": 10.5, "used_balance": 2.3, "remain_credits": 2100,
                 "used_credits": 460, "credits_per_usd": 200, "unlimited_quota": false}"""));
        assertThat(json(get("/v1/user/balance"))).isEqualTo(json(answer));
    }

    @Test
    void usedCreditsAreCountedForTheKeyAndForTheAccount() throws Exception {
        simulator().addApiKey("sk-second");
        remix(PUPPY);

        String token = send(call("/v1/balance").setHeader("Authorization", "Bearer sk-second"))
                .body();
        String account = send(call("/v1/user/balance").setHeader("Authorization", "Bearer sk-second"))
                .body();

        assertThat(json(token).get("used_credits").intValue()).isZero();
        assertThat(json(account).get("used_credits").intValue()).isEqualTo(20);
        assertThat(json(token).get("remain_credits")).isEqualTo(json(account).get("remain_credits"));
    }

    @Test
    void unlimitedCreditsAreReportedAsMinusOne() throws Exception {
        simulator().credits(ToApisSimulator.UNLIMITED);
        remix(PUPPY);

        String answer = get("/v1/balance").body();

        assertThat(json(answer).get("unlimited_quota").booleanValue()).isTrue();
        assertThat(json(answer).get("remain_credits").intValue()).isEqualTo(-1);
        assertThat(json(answer).get("remain_balance").doubleValue()).isEqualTo(-1.0);
    }

    @Test
    void theLastCreditsPayForOneRemixAndNotTwo() throws Exception {
        simulator().credits(39);

        HttpResponse<String> first = remix(PUPPY);
        HttpResponse<String> second = remix(PUPPY);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(402);
        assertThat(json(second).at("/error/code").textValue()).isEqualTo("insufficient_quota");
        assertThat(simulator().books().charged()).isEqualTo(20);
        assertThat(simulator().books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aModelWithAPriceOfItsOwnIsChargedByIt() throws Exception {
        simulator().credits(50).price(20).price("sora-2-pro", 45);

        HttpResponse<String> other = remix(PUPPY);
        HttpResponse<String> tooMuch = remix("{\"model\": \"sora-2-pro\", \"prompt\": \"Add a puppy\"}");
        simulator().credits(50);
        HttpResponse<String> pro = remix("{\"model\": \"sora-2-pro\", \"prompt\": \"Add a puppy\"}");

        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(tooMuch.statusCode()).isEqualTo(402);
        assertThat(pro.statusCode()).isEqualTo(200);
        assertThat(simulator().books().charged()).isEqualTo(65);
        assertThat(json(get("/v1/balance")).get("remain_credits").intValue()).isEqualTo(5);
    }

    @Test
    void theBalanceNeedsAKey() throws Exception {
        HttpResponse<String> answer = send(call("/v1/balance").setHeader("Authorization", "Bearer sk-wrong"));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void accountsHaveSeparateCreditsAndTasks() throws Exception {
        try (ToApisSimulator two = ToApisSimulator.builder()
                .apiKey("sk-one")
                .account("other", 20, "sk-other")
                .start()) {
            String source = two.addSource();
            String path = two.baseUrl() + "/v1/videos/";

            int mine = send(call("").uri(URI.create(path + "generations/" + source))
                            .setHeader("Authorization", "Bearer sk-one"))
                    .statusCode();
            int theirs = send(call("").uri(URI.create(path + "generations/" + source))
                            .setHeader("Authorization", "Bearer sk-other"))
                    .statusCode();
            int remixOfMine = send(call("").uri(URI.create(path + source + "/remix"))
                            .POST(HttpRequest.BodyPublishers.ofString(PUPPY))
                            .setHeader("Authorization", "Bearer sk-other"))
                    .statusCode();

            assertThat(mine).isEqualTo(200);
            assertThat(theirs).isEqualTo(404);
            assertThat(remixOfMine).isEqualTo(404);
        }
    }

    @Test
    void answersSayWhatATaskCostOnlyIfTheyAreSetTo() throws Exception {
        simulator().price(20);

        String plain = acceptedRemix(PUPPY);
        simulator().chargedField("credits_used");
        HttpResponse<String> answer = remix(PUPPY);
        String task = json(answer).get("id").textValue();
        simulator().price(30).complete(task);

        assertThat(json(answer).get("credits_used").longValue()).isEqualTo(20);
        assertThat(json(status(task)).get("credits_used").longValue()).isEqualTo(20);
        assertThat(simulator().task(task).charged()).isEqualTo(20);
        simulator().chargedField(null);
        assertThat(json(status(plain)).has("credits_used")).isFalse();
    }
}
