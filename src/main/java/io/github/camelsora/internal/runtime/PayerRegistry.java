package io.github.camelsora.internal.runtime;

import io.github.camelsora.internal.toapis.ApiKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The API keys that the components of a context use with one ledger. An account is a name for one payer: if two components used
 * it with two API keys, one would receive tasks that the other has paid for. Thread-safe.
 */
public final class PayerRegistry {
    private final Map<Payer, Use> inUse = new HashMap<>();

    /** An account at a service. */
    record Payer(String account, String baseUrl) {}

    private record Use(ApiKey apiKey, int components) {}

    /**
     * Registers that a component uses an account.
     *
     * @throws IllegalArgumentException if another component uses it with another key
     */
    synchronized void open(Payer payer, ApiKey apiKey) {
        Use use = inUse.getOrDefault(payer, new Use(apiKey, 0));
        if (!use.apiKey().isSame(apiKey)) {
            throw inUseWithAnotherKey(payer);
        }
        inUse.put(payer, new Use(apiKey, use.components() + 1));
    }

    /** Registers that a component no longer uses an account. */
    synchronized void close(Payer payer) {
        inUse.computeIfPresent(
                payer, (p, use) -> use.components() == 1 ? null : new Use(use.apiKey(), use.components() - 1));
    }

    static IllegalArgumentException inUseWithAnotherKey(Payer payer) {
        return new IllegalArgumentException(
                "Account '" + payer.account() + "' is in use with another apiKey. If this key"
                        + " belongs to another payer, give the endpoint an account of its own (option account); if it replaces the"
                        + " other one, stop the routes with the other apiKey first");
    }
}
