package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SubmitPlan.Effect;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each amount has one form, wherever it is shown or compared. */
class CreditsTest {
    private static final BigDecimal TWENTY = new BigDecimal("2E+1");

    @ParameterizedTest
    @CsvSource({"20, 20", "20.0000, 20", "2E+1, 20", "0.50, 0.5", "0.0000, 0", "0E+3, 0", "-20.0, -20"})
    void anAmountHasNoTrailingZerosAndNoExponent(BigDecimal amount, String plain) {
        assertThat(Credits.plain(amount)).hasToString(plain);
    }

    @Test
    void noAmountStaysNone() {
        assertThat(Credits.plain(null)).isNull();
    }

    @Test
    void whatHoldsAnAmountShowsItInThisForm() {
        AccountPause pause = new AccountPause(
                "default", "", "", AccountPause.Cause.NO_CREDITS, "why", "node", Instant.EPOCH, TWENTY);
        LimitLeft left = new LimitLeft("100/1d", null, new BigDecimal("20.0000"), new BigDecimal("80.0000"));

        assertThat(pause.toString()).contains("credits=20]");
        assertThat(new TaskPrice(TWENTY, TWENTY).toString()).contains("estimated=20, charged=20");
        assertThat(new SpendLimit(TWENTY, Duration.ofDays(1))).hasToString("20/1d");
        assertThat(left.toString()).contains("held=20, left=80");
        assertThat(new SubmitPlan("remix", Map.of(), null, Effect.SEND, null, TWENTY, List.of(left), null).price())
                .hasToString("20");
    }
}
