package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The pauses of accounts. */
public interface LedgerPauseContract extends LedgerUnderTest {
    static AccountPause pause(String account) {
        return AccountPause.byOperator(account, "The bill is too high", "node-1", LedgerRecords.NOON);
    }

    private static AccountPause noCredits(String fingerprint, Instant since, String credits) {
        return new AccountPause(
                "default",
                LedgerRecords.SERVICE,
                fingerprint,
                Cause.NO_CREDITS,
                "HTTP 402",
                "node-1",
                since,
                new BigDecimal(credits));
    }

    @Test
    default void aPauseIsFoundAsItWasAdded() {
        AccountPause operators = pause("default");
        AccountPause automatic = noCredits("0123456789abcdef", LedgerRecords.NOON.plusMillis(1), "20.0000");

        assertThat(ledger().addPause(operators)).isTrue();
        assertThat(ledger().addPause(automatic)).isTrue();

        assertThat(ledger().keepsPauses()).isTrue();
        assertThat(ledger().findPauses()).containsExactlyInAnyOrder(operators, automatic);
    }

    @Test
    default void aPauseThatStandsIsNotReplaced() {
        AccountPause first = pause("default");
        ledger().addPause(first);

        assertThat(ledger().addPause(AccountPause.byOperator("default", "Again", "node-2", LedgerRecords.NOON)))
                .isFalse();

        assertThat(ledger().findPauses()).containsExactly(first);
    }

    @Test
    default void accountsServicesAndKeysArePausedEachByItself() {
        ledger().addPause(pause("default"));

        assertThat(ledger().addPause(pause("other"))).isTrue();
        assertThat(ledger().addPause(noCredits("0123456789abcdef", LedgerRecords.NOON, "1")))
                .isTrue();
        assertThat(ledger().addPause(noCredits("fedcba9876543210", LedgerRecords.NOON, "1")))
                .isTrue();
    }

    @Test
    default void onlyTheRemovedPauseIsGone() {
        AccountPause kept = pause("other");
        ledger().addPause(pause("default"));
        ledger().addPause(kept);

        assertThat(ledger().removePause(pause("default"))).isTrue();

        assertThat(ledger().findPauses()).containsExactly(kept);
        assertThat(ledger().removePause(pause("default"))).isFalse();
    }

    @Test
    default void aLaterPauseIsNotRemovedInPlaceOfAnEarlierOne() {
        AccountPause earlier = pause("default");
        AccountPause later = AccountPause.byOperator(
                "default", "Again", "node-1", earlier.pausedAt().plus(Duration.ofMillis(1)));
        ledger().addPause(later);

        assertThat(ledger().removePause(earlier)).isFalse();

        assertThat(ledger().findPauses()).containsExactly(later);
    }
}
