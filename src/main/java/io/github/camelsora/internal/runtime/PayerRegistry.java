package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.toapis.ApiKey;
import java.util.HashMap;
import java.util.Map;

/**
 * What belongs to the accounts that the components of a context use with one ledger. An account is a name for one payer: if two
 * endpoints used it with two API keys, one would receive tasks that the other has paid for. Its spending is limited as a whole,
 * at whatever service: the book of the ledger knows the account only. Thread-safe.
 */
public final class PayerRegistry {
    private final Map<Payer, Use<ApiKey>> keys = new HashMap<>();
    private final Map<String, Use<SpendLimits>> limits = new HashMap<>();

    /** An account at a service. */
    record Payer(String account, String baseUrl) {}

    /** What started endpoints have in common. */
    private record Use<T>(T value, int endpoints) {}

    /**
     * Registers a started endpoint.
     *
     * @throws IllegalArgumentException if its account is in use with another key, or with other limits of spending
     */
    synchronized void open(Payer payer, ApiKey apiKey, SpendLimits spendLimits) {
        Use<ApiKey> key = keys.get(payer);
        if (key != null && !key.value().isSame(apiKey)) {
            throw inUseWithAnotherKey(payer);
        }
        Use<SpendLimits> limited = limits.get(payer.account());
        if (limited != null && !limited.value().equals(spendLimits)) {
            throw inUseWithOtherLimits(payer.account(), limited.value(), spendLimits);
        }
        count(keys, payer, apiKey);
        count(limits, payer.account(), spendLimits);
    }

    private static <K, T> void count(Map<K, Use<T>> uses, K key, T value) {
        uses.merge(key, new Use<>(value, 1), (use, one) -> new Use<>(use.value(), use.endpoints() + 1));
    }

    /** Registers that an endpoint has stopped. */
    synchronized void close(Payer payer) {
        discount(keys, payer);
        discount(limits, payer.account());
    }

    private static <K, T> void discount(Map<K, Use<T>> uses, K key) {
        uses.computeIfPresent(
                key, (k, use) -> use.endpoints() == 1 ? null : new Use<>(use.value(), use.endpoints() - 1));
    }

    private static IllegalArgumentException inUseWithAnotherKey(Payer payer) {
        return new IllegalArgumentException(
                "Account '" + payer.account() + "' is in use with another apiKey. If this key"
                        + " belongs to another payer, give the endpoint an account of its own (option account); if it replaces the"
                        + " other one, stop the routes with the other apiKey first");
    }

    private static IllegalArgumentException inUseWithOtherLimits(
            String account, SpendLimits inUse, SpendLimits rejected) {
        return new IllegalArgumentException("Account '" + account + "' is in use with other limits of spending: with "
                + inUse.inWords() + ", and here with " + rejected.inWords()
                + ". They belong to the account, at each baseUrl and in each component with this ledger, so set them on the"
                + " component, or alike on each endpoint. To change them, stop the routes with the old ones first");
    }
}
