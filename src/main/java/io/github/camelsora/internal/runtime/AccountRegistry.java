package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.Balance;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.runtime.PayerRegistry.Payer;
import io.github.camelsora.internal.runtime.settings.ConnectionSettings;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.service.UsableModels;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.toapis.ApiKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The accounts of the started endpoints and their API keys. An account is a name for one payer: while one of its endpoints is
 * started, no other endpoint may use the account with another API key. Thread-safe.
 */
public final class AccountRegistry {
    private final Map<Payer, Account> open = new HashMap<>();
    /** The accounts of all endpoints that were ever started: one that Camel has evicted from its cache may have paid, too. */
    private final Set<String> names = new HashSet<>();

    /** Of the same: otherwise each message to an endpoint of its own would query them. */
    private final ConcurrentMap<Payer, UsableModels> models = new ConcurrentHashMap<>();

    private static Payer payerOf(ServiceConnection connection) {
        ConnectionSettings settings = connection.settings().connection();
        return new Payer(settings.account(), settings.baseUrl().value());
    }

    /** The started endpoints of one payer, and its balance. */
    private static final class Account {
        final ApiKey apiKey;
        final PayerRegistry payers;
        final Set<ServiceConnection> connections = new HashSet<>();
        final BalanceCache balance = new BalanceCache();
        RateLimits limits;

        Account(ApiKey apiKey, PayerRegistry payers) {
            this.apiKey = apiKey;
            this.payers = payers;
        }

        /** The service of any endpoint; preferably of one that sends keys, by which lost submits can be found. */
        Optional<ServiceProfile> service() {
            return connections.stream()
                    .map(ServiceConnection::profile)
                    .filter(Objects::nonNull)
                    .max(Comparator.comparing(ServiceProfile::sendKey));
        }
    }

    /**
     * Registers a started endpoint.
     *
     * @param connection the connection of the endpoint
     * @param apiKey the API key of the endpoint
     * @param payers the payers of its ledger
     */
    public synchronized void open(ServiceConnection connection, ApiKey apiKey, PayerRegistry payers) {
        RateLimits limits = connection.settings().rates().limits();
        Payer payer = payerOf(connection);
        Account account = open.computeIfAbsent(payer, p -> {
            payers.open(p, apiKey);
            return new Account(apiKey, payers);
        });
        if (!account.apiKey.isSame(apiKey)) {
            throw PayerRegistry.inUseWithAnotherKey(payer);
        }
        if (account.connections.isEmpty()) {
            account.limits = limits;
        } else if (!account.limits.equals(limits)) {
            throw new IllegalArgumentException("Account '" + payer.account()
                    + "' is in use with other rate limits: rateGroup, submitsPerSecond, submitBurst,"
                    + " queriesPerSecond and queryBurst belong to the account, so set them on the component, or alike on"
                    + " each endpoint");
        }
        SpendLimits spendLimits = connection.settings().spend().limits();
        if (account.connections.stream()
                .anyMatch(other -> !other.settings().spend().limits().equals(spendLimits))) {
            throw new IllegalArgumentException("Account '" + payer.account()
                    + "' is in use with other limits of spending: spendLimit and tenantSpendLimit belong to the account, so set"
                    + " them on the component, or alike on each endpoint");
        }
        account.connections.add(connection);
        names.add(payer.account());
    }

    /** The models that the payer of an endpoint may use. */
    public UsableModels models(ServiceConnection connection) {
        return models.computeIfAbsent(payerOf(connection), payer -> new UsableModels(payer.account()));
    }

    /** The accounts of all endpoints that were ever started. */
    public synchronized Set<String> names() {
        return Set.copyOf(names);
    }

    public synchronized void close(ServiceConnection connection) {
        open.computeIfPresent(payerOf(connection), (payer, account) -> {
            account.connections.remove(connection);
            if (!account.connections.isEmpty()) {
                return account;
            }
            account.payers.close(payer);
            return null;
        });
    }

    /** The connections of all started endpoints. */
    public synchronized List<ServiceConnection> connections() {
        return open.values().stream()
                .flatMap(account -> account.connections.stream())
                .toList();
    }

    /** The services that tasks can be polled at, one for each payer. */
    public synchronized Collection<ServiceProfile> services() {
        return open.values().stream()
                .flatMap(account -> account.service().stream())
                .toList();
    }

    /** The connection of any started endpoint of a payer. */
    public synchronized Optional<ServiceConnection> find(String account, String baseUrl) {
        return Optional.ofNullable(open.get(new Payer(account, baseUrl)))
                .map(found -> found.connections.iterator().next());
    }

    /**
     * The balance, from the cache unless that is older than balanceCacheTime. Blocks for one round trip then.
     *
     * @param connection the connection of the endpoint that needs it
     * @param key the key of the request that needs it
     * @param now the time now
     * @throws WaitParkedException if the endpoint has stopped; nothing was sent
     */
    public Balance balance(ServiceConnection connection, String key, Instant now) throws Exception {
        Account account;
        synchronized (this) {
            account = open.get(payerOf(connection));
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
                () -> connection.profile().client().balance(),
                now,
                connection.settings().submit().balanceCacheTime());
    }
}
