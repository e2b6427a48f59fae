package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.Internals;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ToApisSimulator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The balance: {@code sora:balance} queries it, and minimumCredits checks it before anything is paid. */
class CreditsKeyTest extends KeyTestSupport {
    @Test
    void fewerCreditsThanMinimumCreditsRejectASubmitBeforeAnythingIsPaid() throws Exception {
        toApis.credits(99);
        options().setMinimumCredits(100);
        start();

        Exchange out = send(remix, "A puppy");

        InsufficientCreditsException rejected = failureOf(out, InsufficientCreditsException.class);
        assertThat(rejected.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(rejected).hasMessageContainingAll("99", "100", "nothing was paid");
        assertPaid(0);
    }

    @Test
    void justEnoughCreditsLetASubmitThrough() throws Exception {
        toApis.credits(100);
        options().setMinimumCredits(100);
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
    }

    @Test
    void anAccountWithoutALimitLetsASubmitThrough() throws Exception {
        toApis.credits(ToApisSimulator.UNLIMITED);
        options().setMinimumCredits(100);
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
    }

    @Test
    void withoutAMinimumTheBalanceIsNotQueried() throws Exception {
        start();

        send(remix, "A puppy");

        assertThat(toApis.books().balanceCalls()).isZero();
    }

    @Test
    void theBalanceIsQueriedOnceWhileItIsCached() throws Exception {
        options().setMinimumCredits(100);
        start();
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(begin(remix, "Prompt " + i));
        }

        assertThat(allOf(all)).succeedsWithin(LIMIT);

        assertThat(toApis.books().balanceCalls()).isEqualTo(1);
        assertPaid(30);
    }

    @Test
    void theBalanceIsQueriedAgainWhenTheCachedOneIsTooOld() throws Exception {
        options().setMinimumCredits(100);
        options().setBalanceCacheTime(1);
        start();
        send(remix, "A puppy");

        send(remix, "A kitten");

        assertThat(toApis.books().balanceCalls()).isEqualTo(2);
    }

    @Test
    void aKnownKeyIsAnsweredWithoutCreditsLeft() throws Exception {
        options().setMinimumCredits(100);
        options().setBalanceCacheTime(1);
        start();
        send(remix, "A puppy", "CamelSoraRequestKey", "order-1");
        toApis.credits(0);

        Exchange out = send(remix, "A puppy", "CamelSoraRequestKey", "order-1");

        assertThat(out.getException()).isNull();
        assertThat(toApis.books().balanceCalls()).isEqualTo(1);
    }

    @Test
    void aBalanceThatCannotBeQueriedRejectsASubmitUnsent() throws Exception {
        toApis.on(Call.BALANCE).answer(200, "{\"success\": false, \"message\": \"record not found\"}");
        options().setMinimumCredits(100);
        start();

        Exchange out = send(remix, "A puppy");

        assertThat(failureOf(out, SoraException.class).getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertPaid(0);
    }

    @Test
    void aRejectedSubmitMayBeSentAgainUnderItsKeyWhenThereAreCredits() throws Exception {
        toApis.credits(0);
        options().setMinimumCredits(100);
        options().setBalanceCacheTime(1);
        start();
        send(remix, "A puppy", "CamelSoraRequestKey", "order-1");
        toApis.credits(100);

        await().atMost(LIMIT)
                .until(() ->
                        send(remix, "A puppy", "CamelSoraRequestKey", "order-1").getException() == null);

        assertPaid(1);
    }

    @Test
    void aBalanceQueryThatFailedIsRepeated() throws Exception {
        toApis.on(Call.BALANCE).times(1).answer(200, "{\"success\": false, \"message\": \"record not found\"}");
        options().setMinimumCredits(100);
        start();
        send(remix, "A puppy");

        Exchange out = send(remix, "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void aSubmitWhoseEndpointHasStoppedBeforeTheBalanceIsQueriedIsNotSent() throws Exception {
        options().setMinimumCredits(100);
        start();
        SoraEndpoint endpoint = camel.getEndpoint(remix, SoraEndpoint.class);
        endpoint.stop();

        WaitParkedException stopped = catchThrowableOfType(
                WaitParkedException.class, () -> Internals.of(endpoint).cachedBalance("order-1"));

        assertThat(stopped.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(stopped.getTaskKey()).isEqualTo("order-1");
        assertThat(toApis.books().balanceCalls()).isZero();
    }

    @Test
    void theBalanceIsTheBody() throws Exception {
        toApis.credits(500);
        start();

        Balance balance = send("sora:balance", null).getMessage().getBody(Balance.class);

        assertThat(balance.remainingCredits()).isEqualByComparingTo(BigDecimal.valueOf(500));
        assertThat(balance.remainingBalance()).isEqualByComparingTo(BigDecimal.valueOf(2.5));
        assertThat(balance.unlimited()).isFalse();
    }

    @Test
    void aBalanceWithoutALimitSaysSo() throws Exception {
        toApis.credits(ToApisSimulator.UNLIMITED);
        start();

        Balance balance = send("sora:balance", null).getMessage().getBody(Balance.class);

        assertThat(balance.unlimited()).isTrue();
    }

    @Test
    void anAnswerThatSaysItIsNoneIsAFailureThoughItsStatusIs200() throws Exception {
        toApis.on(Call.BALANCE)
                .answer(200, "{\"success\": false, \"message\": \"Failed to get token info: record not found\"}");
        start();

        Exchange out = send("sora:balance", null);

        assertThat(out.getException())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("record not found");
    }

    @Test
    void aWrongKeyHasNoBalance() throws Exception {
        toApis.revokeApiKey(toApis.apiKey());
        start();

        Exchange out = send("sora:balance", null);

        assertThat(out.getException()).isInstanceOf(AuthenticationException.class);
    }
}
