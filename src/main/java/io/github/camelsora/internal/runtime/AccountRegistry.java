package io.github.camelsora.internal.runtime;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.runtime.PayerRegistry.Payer;
import io.github.camelsora.internal.service.ServiceProfile;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The accounts of the started endpoints and their API keys. An account is a name for one payer: while one of its endpoints is
 * started, no other endpoint may use the account with another API key. Thread-safe.
 */
public final class AccountRegistry {
    private final Map<Payer, Account> open = new HashMap<>();
    /** The accounts of all endpoints that were ever started: one that Camel has evicted from its cache may have paid, too. */
    private final Set<String> names = new HashSet<>();

    private static Payer payerOf(SoraEndpoint endpoint) {
        SoraConfiguration options = endpoint.getConfiguration();
        return new Payer(options.getAccount(), options.base().value());
    }

    /** The started endpoints of one payer, and its balance. */
    private static final class Account {
        final String apiKey;
        final PayerRegistry payers;
        final Set<SoraEndpoint> endpoints = new HashSet<>();
        final BalanceCache balance = new BalanceCache();
        RateLimits limits;

        Account(String apiKey, PayerRegistry payers) {
            this.apiKey = apiKey;
            this.payers = payers;
        }

        /** The service of any endpoint; preferably of one that sends keys, by which lost submits can be found. */
        Optional<ServiceProfile> service() {
            return endpoints.stream()
                    .map(SoraEndpoint::service)
                    .filter(Objects::nonNull)
                    .max(Comparator.comparing(ServiceProfile::sendKey));
        }
    }

    /**
     * Registers a started endpoint.
     *
     * @param endpoint the endpoint
     * @param payers the payers of its ledger
     */
    public synchronized void open(SoraEndpoint endpoint, PayerRegistry payers) {
        String apiKey = endpoint.getConfiguration().effectiveApiKey();
        Payer payer = payerOf(endpoint);
        Account account = open.computeIfAbsent(payer, p -> {
            payers.open(p, apiKey);
            return new Account(apiKey, payers);
        });
        if (!account.apiKey.equals(apiKey)) {
            throw PayerRegistry.inUseWithAnotherKey(payer);
        }
        if (account.endpoints.isEmpty()) {
            account.limits = endpoint.getConfiguration().rates();
        } else if (!account.limits.equals(endpoint.getConfiguration().rates())) {
            throw new IllegalArgumentException("Account '" + payer.account()
                    + "' is in use with other rate limits: rateGroup, submitsPerSecond, submitBurst,"
                    + " queriesPerSecond and queryBurst belong to the account, so set them on the component, or alike on"
                    + " each endpoint");
        }
        account.endpoints.add(endpoint);
        names.add(payer.account());
    }

    /** The accounts of all endpoints that were ever started. */
    public synchronized Set<String> names() {
        return Set.copyOf(names);
    }

    public synchronized void close(SoraEndpoint endpoint) {
        open.computeIfPresent(payerOf(endpoint), (payer, account) -> {
            account.endpoints.remove(endpoint);
            if (!account.endpoints.isEmpty()) {
                return account;
            }
            account.payers.close(payer);
            return null;
        });
    }

    /** All started endpoints. */
    public synchronized List<SoraEndpoint> endpoints() {
        return open.values().stream()
                .flatMap(account -> account.endpoints.stream())
                .toList();
    }

    /** The services that tasks can be polled at, one for each payer. */
    public synchronized Collection<ServiceProfile> services() {
        return open.values().stream()
                .flatMap(account -> account.service().stream())
                .toList();
    }

    /** Any started endpoint of a payer. */
    public synchronized Optional<SoraEndpoint> find(String account, String baseUrl) {
        return Optional.ofNullable(open.get(new Payer(account, baseUrl)))
                .map(found -> found.endpoints.iterator().next());
    }

    /**
     * The balance, from the cache unless that is older than balanceCacheTime. Blocks for one round trip then.
     *
     * @param endpoint the endpoint that needs it
     * @param key the key of the request that needs it
     * @throws WaitParkedException if the endpoint has stopped; nothing was sent
     */
    public Balance balance(SoraEndpoint endpoint, String key) throws Exception {
        Account account;
        synchronized (this) {
            account = open.get(payerOf(endpoint));
        }
        if (account == null) {
            throw new WaitParkedException(
                    "The request (key " + key
                            + ") was not sent because its endpoint has stopped before the balance was queried."
                            + " Nothing was paid; it is safe to send it again.",
                    new About(SubmitOutcome.NOT_SENT, key, null),
                    null);
        }
        return account.balance.get(
                () -> endpoint.client().balance(),
                endpoint.getComponent().runtime().ledger().now(),
                Duration.ofMillis(endpoint.getConfiguration().getBalanceCacheTime()));
    }
}
