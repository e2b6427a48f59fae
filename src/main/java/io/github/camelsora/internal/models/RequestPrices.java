package io.github.camelsora.internal.models;

import io.github.camelsora.api.Credits;
import io.github.camelsora.internal.spend.CreditPrices;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What requests cost: the price of a video of their model and length, times the videos that they ask for.
 *
 * @param prices what a video costs
 */
public record RequestPrices(CreditPrices prices) {
    private static final BigDecimal MOST = BigDecimal.valueOf(999_999);

    /**
     * The price of a request.
     *
     * @return the credits; empty when the model has no price, or when it cannot be read how many videos are asked for
     */
    public Optional<BigDecimal> priceOf(SubmitRequest request) {
        Integer seconds = wholeNumber(request.fields().get("duration"))
                .map(BigDecimal::intValue)
                .orElse(null);
        return request.text("model")
                .flatMap(model -> prices.priceOf(model, seconds))
                .flatMap(price -> videos(request).map(price::multiply))
                .map(Credits::plain);
    }

    /** The field metadata.n. A request that leaves it out asks for one video. */
    private static Optional<BigDecimal> videos(SubmitRequest request) {
        if (request.fields().get("metadata") == null) {
            return Optional.of(BigDecimal.ONE);
        }
        // By its JSON: a route may have set it as an object of its own.
        return request.toPlainMap().get("metadata") instanceof Map<?, ?> metadata
                ? metadata.get("n") == null ? Optional.of(BigDecimal.ONE) : wholeNumber(metadata.get("n"))
                : Optional.empty();
    }

    private static Optional<BigDecimal> wholeNumber(Object value) {
        if (!(value instanceof Number)) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(value.toString());
            boolean isInRange = number.compareTo(BigDecimal.ONE) >= 0 && number.compareTo(MOST) <= 0;
            return isInRange ? Optional.of(number.setScale(0)) : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            // It has decimals, or is not a number.
            return Optional.empty();
        }
    }
}
