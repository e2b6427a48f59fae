package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AccountPausedException;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A submit that is rejected unsent never says that nothing was paid when an earlier try of it was accepted. */
class RejectedRedeliveryTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";
    private static final String DURATION = "CamelSoraDuration";

    @Test
    void aRedeliveryThatIsRejectedSaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        startRedelivering(1, exchange -> exchange.getMessage().setHeader(DURATION, "soon"));

        Exchange out = send("direct:in", "A puppy");

        SoraException failure = failureOf(out, BadRequestException.class);
        String key = submittedKeys().get(0);
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.getTaskId()).isEqualTo(recordOf(key).taskId());
        assertThat(failure).hasMessageContaining("'soon'").hasMessageContaining(key);
        assertThat(failure.getMessage()).doesNotContainIgnoringCase("nothing was paid");
        assertThat(out.getMessage().getHeader("CamelSoraTaskId")).isEqualTo(failure.getTaskId());
        assertPaid(1);
    }

    @Test
    void aRedeliveryThatIsRejectedSaysThatItsFirstTryMayHaveBeenPaid() throws Exception {
        loseTheNextAnswer();
        startRedelivering(1, exchange -> exchange.getMessage().setHeader(DURATION, "soon"));

        SoraException failure = failureOf(send("direct:in", "A puppy"), BadRequestException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(failure.getTaskKey()).isEqualTo(submittedKeys().get(0));
    }

    @Test
    void aRedeliveryThatIsRejectedAfterARejectedFirstTryCostsNothing() throws Exception {
        toApis.credits(0);
        startRedelivering(1, exchange -> exchange.getMessage().setHeader(DURATION, "soon"));

        SoraException failure = failureOf(send("direct:in", "A puppy"), BadRequestException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure).hasMessageContaining("nothing was paid");
    }

    @Test
    void theTryAfterARejectedRedeliveryStillFindsTheTaskOfTheFirst() throws Exception {
        letWaitsTimeOut();
        AtomicInteger tries = new AtomicInteger();
        startRedelivering(50, exchange -> {
            if (tries.incrementAndGet() == 1) {
                exchange.getMessage().setHeader(DURATION, "soon");
            } else {
                toApis.complete(recordOf(submittedKeys().get(0)).taskId());
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(videos).hasSize(1);
        assertPaid(1);
    }

    @Test
    void aRedeliveryWhoseKeyCannotBeReadSaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        remix += "&requestKey=${header.orderId}";
        startRedelivering(1, exchange -> exchange.getMessage().removeHeader("orderId"));

        SoraException failure =
                failureOf(send("direct:in", "A puppy", "orderId", "order-1"), BadRequestException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.getTaskKey()).isEqualTo("order-1");
        assertPaid(1);
    }

    @Test
    void aRedeliveryThatHasLostItsRequiredKeySaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        remix += "&requireRequestKey=true";
        startRedelivering(1, exchange -> exchange.getMessage().removeHeader(KEY));

        SoraException failure = failureOf(send("direct:in", "A puppy", KEY, "order-1"), BadRequestException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.getTaskKey()).isEqualTo("order-1");
        assertPaid(1);
    }

    @Test
    void aChangedRedeliveryForWhichTheCreditsAreTooFewSaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        toApis.credits(PRICE);
        remix += "&minimumCredits=1&balanceCacheTime=0";
        startRedelivering(1, exchange -> exchange.getMessage().setBody("A kitten"));

        SoraException failure = failureOf(send("direct:in", "A puppy"), InsufficientCreditsException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.getTaskKey()).isEqualTo(submittedKeys().get(0));
        assertThat(failure.getMessage()).doesNotContainIgnoringCase("nothing was paid");
        assertPaid(1);
    }

    private void assertSaysThatTheFirstTryWasPaid(SoraException failure) {
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.isSafeToResend()).isFalse();
        assertThat(failure.getTaskKey()).isEqualTo(submittedKeys().get(0));
        assertThat(failure.getMessage())
                .contains(failure.getTaskId())
                .doesNotContainIgnoringCase("nothing was paid")
                .doesNotContain("safe to send");
    }

    @Test
    void aChangedRedeliveryOverTheLimitOfSpendingSaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        options().setCreditPrices("sora-2=" + PRICE);
        options().setSpendLimit(PRICE + "/1d");
        startRedelivering(1, exchange -> exchange.getMessage().setBody("A kitten"));

        SpendLimitException failure = failureOf(send("direct:in", "A puppy"), SpendLimitException.class);

        assertSaysThatTheFirstTryWasPaid(failure);
        assertThat(failure.getRetryAfter()).isPositive();
        assertPaid(1);
    }

    @Test
    void aChangedRedeliveryOfAPausedAccountSaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        options().setSubmitTimeout(300);
        startRedelivering(1, exchange -> {
            sora().operator().pause("default", new Operator("joe", "too dear"));
            exchange.getMessage().setBody("A kitten");
        });

        Exchange out = send("direct:in", "A puppy");

        AccountPausedException failure = failureOf(out, AccountPausedException.class);
        assertSaysThatTheFirstTryWasPaid(failure);
        assertThat(failure.getPause().reason()).isEqualTo("too dear");
        assertThat(out.getMessage().getHeader("CamelSoraTaskId")).isEqualTo(failure.getTaskId());
        assertPaid(1);
    }

    @Test
    void aChangedRedeliveryWithARejectedApiKeySaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        startRedelivering(1, exchange -> {
            toApis.on(Call.SUBMIT).times(1).refuse(ApiError.UNAUTHORIZED);
            failureOf(send(remix, "A dragon"), AuthenticationException.class);
            exchange.getMessage().setBody("A kitten");
        });

        Exchange out = send("direct:in", "A puppy");

        assertSaysThatTheFirstTryWasPaid(failureOf(out, AuthenticationException.class));
    }

    @Test
    void aChangedRedeliveryWithoutAPermitSaysThatItsFirstTryWasPaid() throws Exception {
        letWaitsTimeOut();
        options().setRateGroup(RateGroup.DEFAULT);
        options().setSubmitsPerSecond(0.001);
        options().setSubmitBurst(1L);
        options().setSubmitTimeout(300);
        startRedelivering(1, exchange -> exchange.getMessage().setBody("A kitten"));

        Exchange out = send("direct:in", "A puppy");

        assertSaysThatTheFirstTryWasPaid(failureOf(out, RateLimitedException.class));
        assertPaid(1);
    }

    @Test
    void aRequestThatIsRejectedUnderAKeyThatWasPaidSaysSo() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        SoraException failure =
                failureOf(send(remix, "A puppy", KEY, "order-1", DURATION, "soon"), BadRequestException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.getTaskId()).isEqualTo(recordOf("order-1").taskId());
    }

    @Test
    void aRequestThatIsRejectedUnderANewKeyCostsNothing() throws Exception {
        start();

        SoraException failure =
                failureOf(send(remix, "A puppy", KEY, "order-1", DURATION, "soon"), BadRequestException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    private void startRedelivering(int times, Processor change) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(SoraException.class)
                        .maximumRedeliveries(times)
                        .redeliveryDelay(1)
                        .onRedelivery(change);
                from("direct:in").to(remix).process(keepVideo);
            }
        });
    }
}
