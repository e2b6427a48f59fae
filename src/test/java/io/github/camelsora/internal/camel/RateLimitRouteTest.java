package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.simulator.Allowance;
import io.github.camelsora.simulator.Burst;
import io.github.camelsora.simulator.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitRouteTest extends KeyTestSupport {

    @Test
    void queuedSubmitsAreSentWithoutA429() throws Exception {
        toApis.limits(new Allowance(1_800, 30, Burst.BUCKET), null);
        options().setSubmitsPerSecond(30.0);
        options().setSubmitBurst(10L);
        start(to(remix + "&waitForCompletion=false"));

        List<CompletableFuture<Exchange>> all = beginMany(40);

        assertThat(all).extracting(each -> each.join().getException()).containsOnlyNulls();
        assertThat(toApis.books().callsLimited()).isZero();
    }

    @Test
    void tenantsTakeTurns() throws Exception {
        options().setSubmitsPerSecond(20.0);
        options().setSubmitBurst(1L);
        start(to(remix + "&waitForCompletion=false&tenant=many"));
        List<CompletableFuture<Exchange>> many = beginMany(10);

        CompletableFuture<Exchange> one = begin("direct:in", "Add the other one", SoraConstants.TENANT, "one");

        one.join();
        many.forEach(CompletableFuture::join);
        List<String> prompts = toApis.requests(Call.SUBMIT).stream()
                .map(request -> request.json().path("prompt").textValue())
                .toList();
        assertThat(prompts.indexOf("Add the other one")).isLessThan(5);
    }

    @Test
    void theTenantHeaderIsRemovedLikeAllOfTheRequest() throws Exception {
        start(to(remix + "&waitForCompletion=false"));

        Exchange out = send("direct:in", "Add a puppy", SoraConstants.TENANT, "one");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader(SoraConstants.TENANT)).isNull();
    }

    @Test
    void aSubmitWithoutAPermitIsNotSent() throws Exception {
        options().setSubmitsPerSecond(0.001);
        options().setSubmitTimeout(200);
        start(to(remix + "&waitForCompletion=false"));
        send("direct:in", "Add a puppy");

        RateLimitedException failure =
                (RateLimitedException) send("direct:in", "Add a kitten").getException();

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure.isSafeToResend()).isTrue();
        assertThat(failure.getRetryAfter()).isPositive();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aQueryWithoutAPermitFailsWithinItsTime() throws Exception {
        options().setQueriesPerSecond(0.001);
        options().setResponseTimeout(200);
        String task = toApis.addTask();
        start(to("sora:status?taskId=" + task));
        assertThat(send("direct:in", null).getMessage().getBody()).isInstanceOf(VideoTask.class);

        RateLimitedException failure =
                (RateLimitedException) send("direct:in", null).getException();

        assertThat(failure).hasMessageContaining("responseTimeout");
        assertThat(failure.getTaskId()).isEqualTo(task);
        assertThat(toApis.books().statusCalls()).isEqualTo(1);
    }

    @Test
    void aQueryThatWaitsForItsPermitEndsWithTheContext() throws Exception {
        options().setQueriesPerSecond(0.001);
        start(to("sora:status?taskId=" + toApis.addTask()));
        send("direct:in", null);
        CompletableFuture<Exchange> second = begin("direct:in", null);
        await().atMost(LIMIT).until(() -> camel.getInflightRepository().size() > 0);
        camel.getShutdownStrategy().setTimeout(1);

        camel.stop();

        assertThat(second.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join().getException())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rateGroup=gold | default, vip, svip, none",
                "submitsPerSecond=0 | submitsPerSecond must be more than 0",
                "submitBurst=0 | submitBurst must be at least 1",
                "queriesPerSecond=-1 | queriesPerSecond must be more than 0",
                "queryBurst=-5 | queryBurst must be at least 1"
            })
    void anInvalidRateIsRejectedAtStart(String option, String words) {
        assertThatThrownBy(() -> start(to("sora:remix?" + option))).hasStackTraceContaining(words);
    }

    @Test
    void endpointsOfOneAccountShareItsRateLimit() {
        assertThatThrownBy(() -> start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:one").to("sora:remix?rateGroup=vip");
                        from("direct:two").to("sora:remix?rateGroup=svip");
                    }
                }))
                .hasStackTraceContaining("is in use with other rate limits");
    }

    private static RouteBuilder to(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        };
    }

    private List<CompletableFuture<Exchange>> beginMany(int count) throws Exception {
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(begin("direct:in", "Add puppy " + i));
        }
        return all;
    }
}
