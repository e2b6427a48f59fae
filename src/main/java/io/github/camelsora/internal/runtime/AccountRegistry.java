package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.Balance;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ratelimit.RateLimits;
import io.github.camelsora.internal.runtime.PayerRegistry.Payer;
import io.github.camelsora.internal.runtime.settings.ConnectionSettings;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.service.UsableModels;
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

    /**
     * Also of payers whose endpoints have all stopped: Camel stops an endpoint that it evicts from its cache, and a route with
     * toD would else query the list with each message.
     */
    private final ConcurrentMap<Payer, UsableModels> models = new ConcurrentHashMap<>();

    private static Payer payerOf(ServiceConnection connection) {
        ConnectionSettings settings = connection.settings().connection();
        return new Payer(settings.account(), settings.baseUrl().value());
    }

    /** The started endpoints of one payer, and its balance. */
    private static final class Account {
        final PayerRegistry payers;
        final RateLimits limits;
        final Set<ServiceConnection> connections = new HashSet<>();
        final BalanceCache balance = new BalanceCache();

        Account(PayerRegistry payers, RateLimits limits) {
            this.payers = payers;
            this.limits = limits;
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
     * @throws IllegalArgumentException if its account is in use with another key, or with other limits
     */
    public synchronized void open(ServiceConnection connection, ApiKey apiKey, PayerRegistry payers) {
        RateLimits limits = connection.settings().rates().limits();
        Payer payer = payerOf(connection);
        Account account = open.getOrDefault(payer, new Account(payers, limits));
        if (account.connections.contains(connection)) {
            return;
        }
        account.payers.open(payer, apiKey, connection.settings().spend().limits());
        if (!account.limits.equals(limits)) {
            account.payers.close(payer);
            throw new IllegalArgumentException("Account '" + payer.account()
                    + "' is in use with other rate limits: rateGroup, submitsPerSecond, submitBurst,"
                    + " queriesPerSecond and queryBurst belong to the account, so set them on the component, or alike on"
                    + " each endpoint");
        }
        open.put(payer, account);
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
            if (account.connections.remove(connection)) {
                account.payers.close(payer);
            }
            return account.connections.isEmpty() ? null : account;
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

    /** The connection of a started endpoint that can pay for a record once more; preferably of one that names its price. */
    public synchronized Optional<ServiceConnection> findToPay(TaskRecord record) {
        return Optional.ofNullable(open.get(new Payer(record.account(), record.baseUrl())))
                .flatMap(found -> found.connections.stream()
                        .max(Comparator.comparing(
                                connection -> connection.priceOf(record).isPresent())));
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
