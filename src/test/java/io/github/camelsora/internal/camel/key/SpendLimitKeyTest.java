package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.internal.spend.SpendWarnings;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.WarningCapture;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of spending: no submit exceeds them, and what costs nothing is not held up by them. */
class SpendLimitKeyTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    @BeforeEach
    void limitSpending() {
        options().setCreditPrices("sora-2=" + PRICE);
        options().setSpendLimit(5 * PRICE + "/1d");
    }

    private BigDecimal held() {
        return shared().ledger().book().orElseThrow().held("default").since(null, Instant.EPOCH);
    }

    private void assertHeld(long credits) {
        assertThat(held()).isEqualByComparingTo(BigDecimal.valueOf(credits));
    }

    private List<Exchange> sendAtOnce(int submits, String uri, Object... headers) {
        List<CompletableFuture<Exchange>> sent = IntStream.range(0, submits)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> send(uri, "Prompt " + i, headers)))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void exactlyAsManyAreSentAsTheLimitAllows() throws Exception {
        start();

        List<Exchange> out = sendAtOnce(50, remix);

        assertPaid(5);
        assertThat(out).filteredOn(exchange -> exchange.getException() == null).hasSize(5);
        assertThat(out)
                .filteredOn(exchange -> exchange.getException() != null)
                .allSatisfy(exchange -> assertThat(exchange.getException()).isInstanceOf(SpendLimitException.class));
        assertHeld(5 * PRICE);
    }

    @Test
    void aRefusalSaysThatNothingWasPaidAndWhenThereIsRoom() throws Exception {
        start();
        sendAtOnce(5, remix);

        SpendLimitException refusal = failureOf(send(remix, "One more"), SpendLimitException.class);

        assertThat(refusal.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(refusal.isSafeToResend()).isTrue();
        assertThat(refusal.getRetryAfter())
                .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(11));
        assertThat(refusal).hasMessageContainingAll("spendLimit 100/1d", "100 are held", "nothing was paid");
    }

    @Test
    void aKnownKeyIsAnsweredAlthoughTheLimitIsReached() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");
        sendAtOnce(4, remix);

        assertThat(send(remix, "A puppy", KEY, "order-1").getException()).isNull();

        assertPaid(5);
    }

    @Test
    void aModelWithoutAPriceIsRefused() throws Exception {
        start();

        SpendLimitException refusal = failureOf(send(remix + "&model=sora-3", "A puppy"), SpendLimitException.class);

        assertThat(refusal.getRetryAfter()).isNull();
        assertThat(refusal).hasMessageContaining("creditPrices=sora-3");
        assertPaid(0);
    }

    @Test
    void severalVideosInOneRequestCostThePriceOfEach() throws Exception {
        options().setSpendLimit(4 * PRICE - 1 + "/1d");
        start();

        SpendLimitException refusal = failureOf(
                send("sora:generate", Map.of("prompt", "A puppy", "metadata", Map.of("n", 4))),
                SpendLimitException.class);

        assertThat(refusal).hasMessageContaining("costs 80 credits");
        assertThat(send("sora:generate", Map.of("prompt", "A puppy", "metadata", Map.of("n", 3)))
                        .getException())
                .isNull();
        assertHeld(3 * PRICE);
    }

    @Test
    void anUnreadableNumberOfVideosIsRefused() throws Exception {
        start();

        SpendLimitException refusal = failureOf(
                send("sora:generate", Map.of("prompt", "A puppy", "metadata", Map.of("n", "many"))),
                SpendLimitException.class);

        assertThat(refusal).hasMessageContaining("metadata.n");
        assertPaid(0);
    }

    @Test
    void withoutALimitAModelNeedsNoPrice() throws Exception {
        options().setSpendLimit(null);
        start();

        assertThat(send(remix + "&model=sora-3", "A puppy").getException()).isNull();
    }

    @Test
    void aRejectedSubmitReleasesWhatItHeld() throws Exception {
        start();
        toApis.on(Call.SUBMIT).times(1).answer(400, "{}");

        assertThat(send(remix, "A puppy").getException()).isNotNull();

        assertHeld(0);
    }

    @Test
    void aSubmitForWhichThereAreNoCreditsReleasesWhatItHeld() throws Exception {
        toApis.credits(0);
        start();

        failureOf(send(remix, "A puppy"), InsufficientCreditsException.class);

        assertHeld(0);
    }

    @Test
    void aLostSubmitKeepsWhatItHolds() throws Exception {
        start();
        loseTheNextAnswer();

        failureOf(send(remix, "A puppy"), SubmissionUnknownException.class);

        assertHeld(PRICE);
    }

    @Test
    void aFailedTaskKeepsWhatItHolds() throws Exception {
        start();

        failureOf(send(remix, "A puppy [fail]"), TaskFailedException.class);

        assertHeld(PRICE);
    }

    @Test
    void aFailedTaskReleasesWhatItHeldIfTheVendorRefunds() throws Exception {
        options().setReleaseFailed(true);
        start();

        failureOf(send(remix, "A puppy [fail]"), TaskFailedException.class);

        assertHeld(0);
    }

    @Test
    void eachTenantHasItsOwnLimit() throws Exception {
        options().setSpendLimit(null);
        options().setTenantSpendLimit(PRICE + "/1h");
        start();

        assertThat(send(remix, "A puppy", "CamelSoraTenant", "blue").getException())
                .isNull();
        failureOf(send(remix, "A kitten", "CamelSoraTenant", "blue"), SpendLimitException.class);
        assertThat(send(remix, "A puppy", "CamelSoraTenant", "red").getException())
                .isNull();
        assertThat(send(remix, "A puppy").getException()).isNull();

        assertPaid(3);
    }

    @Test
    void anEndpointWithAnotherLimitIsRefused() throws Exception {
        start();
        send(remix, "A puppy");

        assertThatThrownBy(() -> camel.getEndpoint(remix + "&spendLimit=7/1d").start())
                .hasMessageContainingAll("other limits of spending", "default");
    }

    @Test
    void theSameLimitInOtherWordsIsTheSame() throws Exception {
        options().setSpendLimit("100/1d,400/30d");
        start();
        send(remix, "A puppy");

        Exchange out = send(remix + "&spendLimit=400.0/30d,100/24h", "A kitten");

        assertThat(out.getException()).isNull();
    }

    @Test
    void anOperatorsRetryHoldsThePriceAnew() throws Exception {
        start();
        failureOf(send(remix, "A puppy [fail]", KEY, "order-1"), TaskFailedException.class);

        sora().operator().retry(null, "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
        assertHeld(2 * PRICE);
    }

    @Test
    void anOperatorsRetryObeysTheLimit() throws Exception {
        start();
        failureOf(send(remix, "A puppy [fail]", KEY, "order-1"), TaskFailedException.class);
        sendAtOnce(4, remix);

        try {
            sora().operator().retry(null, "order-1", OPERATOR);
        } catch (SpendLimitException e) {
            // It may be refused at once, or when its turn comes.
        }

        await().during(Duration.ofMillis(300))
                .atMost(LIMIT)
                .until(() -> toApis.books().submitsAccepted() == 5);
        assertHeld(5 * PRICE);
    }

    @Test
    void anOperatorsRetryIsPricedAnew() throws Exception {
        options().setSpendLimit(null);
        options().setCreditPrices(null);
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:limited").to(remix + "&account=other&spendLimit=50/1d&creditPrices=sora-2=30");
                // The price of any endpoint of the account counts.
                from("direct:status").to("sora:status?account=other&spendLimit=50/1d");
                from("direct:balance").to("sora:balance?account=other&spendLimit=50/1d");
            }
        };
        start();
        failureOf(send(remix + "&account=other", "A puppy [fail]", KEY, "order-1"), TaskFailedException.class);
        camel.getEndpoints().stream()
                .filter(endpoint -> endpoint.getEndpointUri().startsWith("sora"))
                .forEach(Endpoint::stop);
        camel.addRoutes(route);

        sora().operator().retry("other", "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
        assertThat(shared().ledger().book().orElseThrow().held("other").since(null, Instant.EPOCH))
                .isEqualByComparingTo("30");
        assertThat(shared().ledger()
                        .find("other", "order-1")
                        .orElseThrow()
                        .price()
                        .estimated())
                .isEqualByComparingTo("30");
    }

    @Test
    void anOperatorsRetryKeepsThePriceOfItsRecordWhereNoneIsNamed() throws Exception {
        options().setCreditPrices(null);
        start();
        failureOf(send(remix + "&creditPrices=sora-2=30", "A puppy [fail]", KEY, "order-1"), TaskFailedException.class);
        camel.getEndpoints().stream()
                .filter(endpoint -> endpoint.getEndpointUri().startsWith("sora"))
                .forEach(Endpoint::stop);
        camel.getEndpoint("sora:status").start();

        sora().operator().retry(null, "order-1", OPERATOR);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
        assertHeld(60);
    }

    @Test
    void aForgottenRecordLeavesTheBookAsItIs() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        sora().operator().forget(null, "order-1", OPERATOR);

        assertHeld(PRICE);
    }

    @Test
    void oneWarningComesAtFourFifthsAndOneWithTheFirstRefusal() throws Exception {
        start();
        try (WarningCapture warnings = WarningCapture.of(SpendWarnings.class)) {
            sendAtOnce(3, remix);
            assertThat(warnings.lines()).isEmpty();

            send(remix, "The fourth");
            assertThat(warnings.lines()).singleElement().asString().contains("80 credits", "spendLimit 100/1d");

            sendAtOnce(5, remix);
            assertThat(warnings.lines()).hasSize(2).last().asString().contains("refused", "spendLimit 100/1d");
        }
    }

    @Test
    void aDryRunShowsWhatIsLeftAndWarnsOfNothing() throws Exception {
        start();
        sendAtOnce(5, remix);
        try (WarningCapture warnings = WarningCapture.of(SpendWarnings.class)) {
            SubmitPlan plan =
                    send(remix + "&dryRun=true", "A puppy").getMessage().getBody(SubmitPlan.class);

            assertThat(plan.refusal()).contains("spendLimit 100/1d");
            assertThat(plan.limits()).singleElement().satisfies(left -> {
                assertThat(left.limit()).isEqualTo("100/1d");
                assertThat(left.held()).isEqualByComparingTo(BigDecimal.valueOf(100));
                assertThat(left.left()).isEqualByComparingTo(BigDecimal.ZERO);
            });
            assertThat(warnings.lines()).isEmpty();
        }
    }

    @Test
    void aSubmitThatWouldWaitIsRefusedBeforeItWaits() throws Exception {
        options().setRateGroup(RateGroup.DEFAULT);
        options().setSubmitsPerSecond(0.001);
        options().setSubmitBurst(5L);
        start();
        sendAtOnce(5, remix);

        failureOf(send(remix, "One more"), SpendLimitException.class);

        assertPaid(5);
    }
}
