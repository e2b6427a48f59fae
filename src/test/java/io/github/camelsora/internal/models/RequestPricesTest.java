package io.github.camelsora.internal.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelsora.internal.spend.CreditPrices;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The price of a request is that of each video, times the videos that it asks for. */
class RequestPricesTest {
    private static final RequestPrices PRICES =
            new RequestPrices(CreditPrices.parse("sora-2=20, sora-2/15=30, grok-video-1.0=0.8/s"));

    private static Optional<BigDecimal> price(String model, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("model", model);
        return PRICES.priceOf(new SubmitRequest(SubmitOperation.GENERATE, null, all));
    }

    @ParameterizedTest
    @CsvSource({"sora-2, 10, 20", "sora-2, 15, 30", "grok-video-1.0, 10, 8", "grok-video-1.0, 10.0, 8"})
    void aVideoCostsThePriceOfItsModelAndLength(String model, BigDecimal duration, BigDecimal expected) {
        assertThat(price(model, Map.of("duration", duration)).orElseThrow()).isEqualByComparingTo(expected);
    }

    @Test
    void aPriceIsWrittenWithoutTrailingZeros() {
        RequestPrices prices = new RequestPrices(CreditPrices.parse("sora-2=2.5"));
        Map<String, Object> fields = Map.of("model", "sora-2", "metadata", Map.of("n", 4));

        assertThat(prices.priceOf(new SubmitRequest(SubmitOperation.GENERATE, null, fields)))
                .hasToString("Optional[10]");
    }

    @Test
    void aLengthThatIsNoWholeNumberHasNoPriceBySecond() {
        assertThat(price("grok-video-1.0", Map.of("duration", 7.5))).isEmpty();
        assertThat(price("grok-video-1.0", Map.of("duration", Double.NaN))).isEmpty();
        assertThat(price("grok-video-1.0", Map.of("duration", 0))).isEmpty();
        assertThat(price("grok-video-1.0", Map.of("duration", 4_294_967_301L))).isEmpty();
    }

    static Stream<Object> numbersOfVideos() {
        return Stream.of(4, 4L, 4.0, new BigDecimal("4.0"), JsonNodeFactory.instance.numberNode(4));
    }

    @ParameterizedTest
    @MethodSource("numbersOfVideos")
    void severalVideosCostThePriceOfEach(Object number) {
        assertThat(price("sora-2", Map.of("metadata", Map.of("n", number))).orElseThrow())
                .isEqualByComparingTo("80");
    }

    @Test
    void theNumberIsReadOfAnyObjectThatIsWrittenAsJson() {
        Object metadata = JsonNodeFactory.instance.objectNode().put("n", 2);

        assertThat(price("sora-2", Map.of("metadata", metadata)).orElseThrow()).isEqualByComparingTo("40");
    }

    @Test
    void withoutANumberItIsOneVideo() {
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("n", null);

        assertThat(price("sora-2", Map.of("metadata", Map.of("private", true))).orElseThrow())
                .isEqualByComparingTo("20");
        assertThat(price("sora-2", Map.of("metadata", nothing)).orElseThrow()).isEqualByComparingTo("20");
    }

    static Stream<Object> unreadableMetadata() {
        return Stream.of(
                Map.of("n", 0),
                Map.of("n", -1),
                Map.of("n", 1.5),
                Map.of("n", "4"),
                Map.of("n", true),
                Map.of("n", 1_000_000),
                "{\"n\": 4}");
    }

    @ParameterizedTest
    @MethodSource("unreadableMetadata")
    void anUnreadableNumberHasNoPrice(Object metadata) {
        assertThat(price("sora-2", Map.of("metadata", metadata))).isEmpty();
    }
}
