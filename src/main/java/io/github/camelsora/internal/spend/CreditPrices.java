package io.github.camelsora.internal.spend;

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
 * @param prices by {@code model} or {@code model/seconds}; that of a length counts first
 */
public record CreditPrices(Map<String, CreditPrice> prices) {
    /** No price is known. */
    public static final CreditPrices NONE = new CreditPrices(Map.of());

    private static final Pattern ENTRY = Pattern.compile("([^=,/\\s]+(?:/[1-9]\\d{0,5})?)\\s*=\\s*(\\S+)");

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
        private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,4})?)(/s)?");

        static CreditPrice parse(String text) {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException("'" + text + "' is no price: it is a number of credits such as 20 or"
                        + " 2.5, with at most 4 decimals, or credits a second such as 0.8/s");
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
        Map<String, String> entries = new HashMap<>();
        Arrays.stream(option.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> {
                    Matcher form = ENTRY.matcher(entry);
                    if (!form.matches()) {
                        throw new IllegalArgumentException("creditPrices has the entry '" + entry
                                + "', which is none such as sora-2=20, sora-2-pro/25=120 or grok-video-1.0=0.8/s");
                    }
                    if (entries.put(form.group(1), form.group(2)) != null) {
                        throw new IllegalArgumentException("creditPrices names " + form.group(1) + " twice");
                    }
                });
        try {
            return of(entries);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("creditPrices: " + e.getMessage(), e);
        }
    }

    /**
     * Prices by {@code model} or {@code model/seconds}.
     *
     * @throws IllegalArgumentException if a price cannot be read
     */
    public static CreditPrices of(Map<String, String> texts) {
        Map<String, CreditPrice> prices = new HashMap<>();
        texts.forEach((name, text) -> prices.put(name, CreditPrice.parse(text)));
        return new CreditPrices(prices);
    }

    /** These prices, and those of others for models that these do not name. */
    public CreditPrices orElse(CreditPrices others) {
        Map<String, CreditPrice> all = new HashMap<>(prices);
        others.prices.forEach((name, price) -> {
            if (prices.keySet().stream().noneMatch(own -> modelOf(own).equals(modelOf(name)))) {
                all.put(name, price);
            }
        });
        return new CreditPrices(all);
    }

    private static String modelOf(String name) {
        return name.replaceFirst("/\\d+$", "");
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
        return Optional.ofNullable(price).flatMap(found -> found.of(seconds)).map(BigDecimal::stripTrailingZeros);
    }
}
