package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.HistoryEntry;
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

        assertThat(ledger().pauses().orElseThrow().add(operators)).isTrue();
        assertThat(ledger().pauses().orElseThrow().add(automatic)).isTrue();

        assertThat(ledger().pauses().orElseThrow().findAll()).containsExactlyInAnyOrder(operators, automatic);
    }

    @Test
    default void whatNoDatabaseCanStoreIsReplacedInReasonAndActor() {
        String longest = "x".repeat(HistoryEntry.LONGEST_DETAIL - 1);
        AccountPause pause =
                AccountPause.byOperator("default", "NUL \0, half \ud83d, line\nbreak", "jo\0e", LedgerRecords.NOON);
        AccountPause cut = AccountPause.byOperator("other", longest + "\ud83d\ude00", "node-1", LedgerRecords.NOON);

        ledger().pauses().orElseThrow().add(pause);
        ledger().pauses().orElseThrow().add(cut);

        assertThat(ledger().pauses().orElseThrow().findAll())
                .extracting(AccountPause::reason)
                .containsExactlyInAnyOrder("NUL ?, half ?, line?break", longest + "?");
        assertThat(ledger().pauses().orElseThrow().findAll())
                .extracting(AccountPause::actor)
                .containsExactlyInAnyOrder("jo?e", "node-1");
    }

    @Test
    default void aPauseThatStandsIsNotReplaced() {
        AccountPause first = pause("default");
        ledger().pauses().orElseThrow().add(first);

        assertThat(ledger().pauses()
                        .orElseThrow()
                        .add(AccountPause.byOperator("default", "Again", "node-2", LedgerRecords.NOON)))
                .isFalse();

        assertThat(ledger().pauses().orElseThrow().findAll()).containsExactly(first);
    }

    @Test
    default void accountsServicesAndKeysArePausedEachByItself() {
        ledger().pauses().orElseThrow().add(pause("default"));

        assertThat(ledger().pauses().orElseThrow().add(pause("other"))).isTrue();
        assertThat(ledger().pauses().orElseThrow().add(noCredits("0123456789abcdef", LedgerRecords.NOON, "1")))
                .isTrue();
        assertThat(ledger().pauses().orElseThrow().add(noCredits("fedcba9876543210", LedgerRecords.NOON, "1")))
                .isTrue();
    }

    @Test
    default void onlyTheRemovedPauseIsGone() {
        AccountPause kept = pause("other");
        ledger().pauses().orElseThrow().add(pause("default"));
        ledger().pauses().orElseThrow().add(kept);

        assertThat(ledger().pauses().orElseThrow().remove(pause("default"))).isTrue();

        assertThat(ledger().pauses().orElseThrow().findAll()).containsExactly(kept);
        assertThat(ledger().pauses().orElseThrow().remove(pause("default"))).isFalse();
    }

    @Test
    default void aLaterPauseIsNotRemovedInPlaceOfAnEarlierOne() {
        AccountPause earlier = pause("default");
        AccountPause later = AccountPause.byOperator(
                "default", "Again", "node-1", earlier.pausedAt().plus(Duration.ofMillis(1)));
        ledger().pauses().orElseThrow().add(later);

        assertThat(ledger().pauses().orElseThrow().remove(earlier)).isFalse();

        assertThat(ledger().pauses().orElseThrow().findAll()).containsExactly(later);
    }
}
