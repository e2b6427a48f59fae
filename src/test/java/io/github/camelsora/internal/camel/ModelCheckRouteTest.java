package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.ModelCheck;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.internal.service.UsableModels;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.WarningCapture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option modelCheck: models of submits are compared with the service's list. */
class ModelCheckRouteTest extends SoraTestSupport {
    private final WarningCapture warnings = WarningCapture.of(UsableModels.class);
    private String remix;

    @BeforeEach
    void turnItOn() {
        options().setModelCheck(ModelCheck.WARN);
        remix = "sora:remix?videoId=" + toApis.addSource();
    }

    @AfterEach
    void close() {
        warnings.close();
    }

    private static RouteBuilder routes(String... uris) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < uris.length; i++) {
                    from("direct:in" + i).to(uris[i]);
                }
            }
        };
    }

    private void awaitWarnings(int number) {
        await().atMost(LIMIT).until(() -> warnings.lines().size() >= number);
    }

    /** Until the list is known: with it, a submit for an unlisted model is refused. */
    private void awaitList() {
        String probe = "sora:generate?modelCheck=refuse&dryRun=true&model=${header.probe}";
        await().atMost(LIMIT)
                .until(() -> send(probe, "x", "probe", "unlisted")
                                .getMessage()
                                .getBody(SubmitPlan.class)
                                .refusal()
                        != null);
    }

    @Test
    void theWarningSaysWhetherSubmitsAreRefusedHere() throws Exception {
        toApis.models("veo-3");

        start(routes("sora:generate?modelCheck=refuse&model=sora-2"));

        await().atMost(LIMIT).until(() -> !warnings.lines().isEmpty());
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("sora-2", "are refused here before they are sent (modelCheck=refuse)");
    }

    @Test
    void theModelsOfRoutesThatMayNotBeUsedAreNamedOnceAfterTheStart() throws Exception {
        toApis.models("grok-video-1.0", "veo-3");

        start(routes(remix, "sora:generate?model=veo-3", "sora:generate", "sora:extend?model=grok-video-1.0"));

        awaitWarnings(1);
        awaitList();
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("Account 'default'", "model sora-2,", "may use grok-video-1.0, veo-3");
        assertThat(toApis.requests(Call.MODELS)).hasSize(1);
        assertThat(toApis.requests(Call.SUBMIT)).isEmpty();
    }

    @Test
    void withTheDefaultASubmitForAnotherModelIsSent() throws Exception {
        toApis.models("veo-3");
        start(routes(remix));
        awaitWarnings(1);

        Exchange out = send("direct:in0", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
        assertThat(warnings.lines()).hasSize(1);
    }

    @Test
    void aModelOfAMessageIsNamedOnce() throws Exception {
        toApis.models("sora-2");
        start(routes(remix + "&model=${header.choice}"));
        awaitList();

        send("direct:in0", "A puppy", "choice", "sora-2");
        send("direct:in0", "A kitten", "choice", "sora-2-pro");
        send("direct:in0", "A dragon", "choice", "sora-2-pro");

        assertThat(warnings.lines()).singleElement().asString().contains("model sora-2-pro,");
        assertThat(toApis.books().submitsAccepted()).isEqualTo(3);
    }

    @Test
    void aRefusedSubmitIsNotSentAndNamesWhatMayBeUsed() throws Exception {
        toApis.models("veo-3");
        start();
        awaitList();

        Exchange out = send(remix + "&modelCheck=refuse&requestKey=key-1", "A puppy");

        assertThat(out.getException())
                .isInstanceOfSatisfying(ModelUnavailableException.class, e -> {
                    assertThat(e.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
                    assertThat(e.getTaskKey()).isEqualTo("key-1");
                })
                .hasMessageContainingAll("sora-2", "It may use veo-3", "Nothing was sent and nothing was paid");
        assertThat(toApis.requests(Call.SUBMIT)).isEmpty();
        assertThat(shared().ledger().find("default", "key-1")).isEmpty();
    }

    @Test
    void aKnownKeyIsAnsweredAlthoughItsModelIsRefused() throws Exception {
        toApis.models("veo-3");
        start();
        Exchange first = send(remix + "&modelCheck=off&requestKey=key-1", "A puppy");
        awaitList();

        Exchange second = send(remix + "&modelCheck=refuse&requestKey=key-1", "A puppy");

        assertThat(second.getException()).isNull();
        assertThat(second.getMessage().getHeader(SoraConstants.TASK_ID))
                .isEqualTo(first.getMessage().getHeader(SoraConstants.TASK_ID));
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void noSubmitWaitsForTheList() throws Exception {
        toApis.models("veo-3");
        Hold hold = toApis.on(Call.MODELS).hold();

        start(routes(remix + "&modelCheck=refuse"));
        await().atMost(LIMIT).until(() -> hold.waiting() == 1);
        Exchange out = send("direct:in0", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Welcome</html>", "{\"data\": []}", "{\"success\": false}", "{\"data\": {}}"})
    void anAnswerWithoutAListChangesNothing(String answer) throws Exception {
        toApis.on(Call.MODELS).answer(200, answer);
        start(routes(remix + "&modelCheck=refuse"));
        await().atMost(LIMIT).until(() -> !toApis.requests(Call.MODELS).isEmpty());

        Exchange first = send("direct:in0", "A puppy");
        Exchange second = send("direct:in0", "A kitten");

        assertThat(first.getException()).isNull();
        assertThat(second.getException()).isNull();
        assertThat(warnings.lines()).isEmpty();
        assertThat(toApis.requests(Call.MODELS)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500, 503})
    void anErrorChangesNothing(int status) throws Exception {
        toApis.on(Call.MODELS).answer(status, "{}", "Retry-After: 3600");
        start(routes(remix + "&modelCheck=refuse"));
        await().atMost(LIMIT).until(() -> !toApis.requests(Call.MODELS).isEmpty());

        Exchange out = send("direct:in0", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(warnings.lines()).isEmpty();
        assertThat(shared().ledger().pauses().orElseThrow().findAll()).isEmpty();
    }

    @Test
    void withoutSubmitEndpointsAndWithOffNothingIsQueried() throws Exception {
        start(
                routes(remix + "&modelCheck=off", "sora:status?taskId=" + toApis.addSource(), "sora:balance"),
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("sora:tasks").to("mock:tasks");
                    }
                });

        assertThat(send("direct:in0", "A puppy").getException()).isNull();
        assertThat(send("direct:in1", null).getException()).isNull();
        assertThat(send("direct:in2", null).getException()).isNull();

        assertThat(toApis.requests(Call.MODELS)).isEmpty();
    }

    @Test
    void eachAccountIsQueried() throws Exception {
        toApis.addApiKey("sk-second");

        start(routes(remix, remix + "&account=second&apiKey=sk-second"));

        await().atMost(LIMIT).until(() -> toApis.requests(Call.MODELS).size() == 2);
        assertThat(toApis.requests(Call.MODELS))
                .extracting(request -> request.header("Authorization").orElseThrow())
                .containsExactlyInAnyOrder("Bearer " + toApis.apiKey(), "Bearer sk-second");
    }

    @Test
    void aPlanNamesTheRefusal() throws Exception {
        toApis.models("veo-3");
        start();
        awaitList();

        Exchange out = send(remix + "&modelCheck=refuse&dryRun=true", "A puppy");

        SubmitPlan plan = out.getMessage().getBody(SubmitPlan.class);
        assertThat(plan.refusal()).contains("It may use veo-3");
        assertThat(toApis.requests(Call.SUBMIT)).isEmpty();
    }
}
