package io.github.camelsora.internal.spend;

import io.github.camelsora.api.Credits;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What videos cost in credits, by model, or by model and length in seconds. Immutable.
 *
 * @param prices by {@code model} or {@code model/seconds}; the price of a length counts before that of its model
 */
public record CreditPrices(Map<String, CreditPrice> prices) {
    /** No price is known. */
    public static final CreditPrices NONE = new CreditPrices(Map.of());

    private static final Pattern ENTRY = Pattern.compile("([^=,/*\\s]+(?:/[1-9]\\d{0,5})?)\\s*=\\s*(.+)");

    public CreditPrices {
        prices = Map.copyOf(prices);
    }

    /**
     * One price.
     *
     * @param credits for a video, or for a second of it
     * @param isPerSecond whether it is for a second
     */
    public record CreditPrice(BigDecimal credits, boolean isPerSecond) {
        private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,4})?)(/s)?");

        /**
         * Reads a price: {@code 20}, or {@code 0.8/s}.
         *
         * @throws IllegalArgumentException if it is none; it names the text
         */
        public static CreditPrice parse(String text) {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException("'" + text + "' is no price: a price is a number of credits such as"
                        + " 20 or 2.5, of at most 9 digits and 4 decimals, or credits a second such as 0.8/s");
            }
            return new CreditPrice(new BigDecimal(form.group(1)), form.group(2) != null);
        }

        Optional<BigDecimal> of(Integer seconds) {
            if (!isPerSecond) {
                return Optional.of(credits);
            }
            return Optional.ofNullable(seconds)
                    .filter(length -> length > 0)
                    .map(length -> credits.multiply(BigDecimal.valueOf(length)));
        }
    }

    /**
     * Reads the option creditPrices: {@code sora-2=20, sora-2-pro/25=120, grok-video-1.0=0.8/s}.
     *
     * @param option the option; null for none
     * @throws IllegalArgumentException if it cannot be read; it names the entry
     */
    public static CreditPrices parse(String option) {
        if (option == null || option.isBlank()) {
            return NONE;
        }
        Map<String, CreditPrice> prices = new HashMap<>();
        Arrays.stream(option.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> {
                    Matcher form = ENTRY.matcher(entry);
                    if (!form.matches()) {
                        throw new IllegalArgumentException(
                                "creditPrices has the entry '" + entry
                                        + "', which has another form than sora-2=20, sora-2-pro/25=120 or grok-video-1.0=0.8/s");
                    }
                    if (prices.put(form.group(1), priceOf(entry, form.group(2))) != null) {
                        throw new IllegalArgumentException("creditPrices names " + form.group(1) + " twice");
                    }
                });
        return new CreditPrices(prices);
    }

    private static CreditPrice priceOf(String entry, String text) {
        try {
            return CreditPrice.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("creditPrices has the entry '" + entry + "': " + e.getMessage(), e);
        }
    }

    /** These prices, and those of others for models and lengths that these do not name. */
    public CreditPrices orElse(CreditPrices others) {
        Map<String, CreditPrice> all = new HashMap<>(others.prices);
        all.putAll(prices);
        return new CreditPrices(all);
    }

    /**
     * The price of a video.
     *
     * @param model the model; null when the request names none
     * @param seconds its length; null when the request names none
     * @return the credits; empty when they are not known
     */
    public Optional<BigDecimal> priceOf(String model, Integer seconds) {
        CreditPrice exact = prices.get(model + "/" + seconds);
        CreditPrice price = exact == null ? prices.get(String.valueOf(model)) : exact;
        return Optional.ofNullable(price).flatMap(found -> found.of(seconds)).map(Credits::plain);
    }
}
