package io.github.camelsora.internal.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the option creditPrices says that a video costs. */
class CreditPricesTest {
    private static final CreditPrices PRICES = CreditPrices.parse(
            "sora-2=20, sora-2-pro=60.50,sora-2-pro/25 = 120 , grok-video-1.0=0.8/s, grok-video-1.0/10=5");

    @ParameterizedTest
    @CsvSource({
        "sora-2, , 20",
        "sora-2, 15, 20",
        "sora-2-pro, 15, 60.5",
        "sora-2-pro, , 60.5",
        "sora-2-pro, 25, 120",
        "grok-video-1.0, 5, 4",
        "grok-video-1.0, 7, 5.6",
        "grok-video-1.0, 10, 5",
    })
    void theMoreExactEntryIsThePrice(String model, Integer seconds, BigDecimal price) {
        assertThat(PRICES.priceOf(model, seconds)).contains(price);
    }

    @ParameterizedTest
    @CsvSource({
        "sora-3, 10",
        "sora-2-vip, ",
        ", 10",
        "Sora-2, 10",
        "grok-video-1.0, ",
        "grok-video-1.0, 0",
        "grok-video-1.0, -1"
    })
    void whatNoEntryCoversHasNoPrice(String model, Integer seconds) {
        assertThat(PRICES.priceOf(model, seconds)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", " , "})
    void noEntryIsNoPrice(String option) {
        assertThat(CreditPrices.parse(option)).isEqualTo(CreditPrices.NONE);
    }

    @Test
    void aPriceOfNothingIsAPrice() {
        assertThat(CreditPrices.parse("free-1=0").priceOf("free-1", null)).contains(BigDecimal.ZERO);
    }

    @Test
    void aPriceHasNoTrailingZerosAndNoExponent() {
        assertThat(CreditPrices.parse("a=100.50, b=200").priceOf("a", null)).hasToString("Optional[100.5]");
        assertThat(CreditPrices.parse("a=100.50, b=200").priceOf("b", null)).hasToString("Optional[200]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sora-2",
                "sora-2=",
                "=20",
                "sora-2=-20",
                "sora-2=NaN",
                "sora-2=20 credits",
                "sora-2=1e3",
                "sora-2=20=30",
                "sora-2=20/m",
                "sora-2=0.00001",
                "sora-2=1234567890",
                "sora-2/0=20",
                "sora-2/15s=20",
                "sora-2/=20",
                "sora-2*=20",
                "so ra=20",
            })
    void anEntryThatCannotBeReadIsNamed(String entry) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CreditPrices.parse("sora-2-vip=1, " + entry))
                .withMessageStartingWith("creditPrices has the entry '" + entry + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sora-2=20, sora-2=30 | sora-2", "sora-2/15=1, sora-2/15 = 1 | sora-2/15"})
    void anEntryThatStandsTwiceIsNamed(String option, String name) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CreditPrices.parse(option))
                .withMessage("creditPrices names " + name + " twice");
    }

    @Test
    void othersFillInEntryByEntry() {
        CreditPrices all =
                CreditPrices.parse("sora-2=20").orElse(CreditPrices.parse("sora-2=99, sora-2/15=30, sora-2-pro=60"));

        assertThat(all.priceOf("sora-2", 10)).contains(new BigDecimal("20"));
        assertThat(all.priceOf("sora-2", 15)).contains(new BigDecimal("30"));
        assertThat(all.priceOf("sora-2-pro", 15)).contains(new BigDecimal("60"));
    }
}
