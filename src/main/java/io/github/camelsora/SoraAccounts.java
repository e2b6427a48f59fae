package io.github.camelsora;

import io.github.camelsora.api.Balance;
import io.github.camelsora.pace.Rates;
import io.github.camelsora.task.Service;
import java.time.Duration;
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

/**
 * Who pays, and with which key. An account is a name for one payer, so while an endpoint of it is started no other may bring
 * another key: it would pay for what the ledger writes to the first.
 */
final class SoraAccounts {
    private final Map<Payer, Account> open = new HashMap<>();

    private record Payer(String account, String baseUrl) {
        static Payer of(SoraEndpoint endpoint) {
            SoraConfiguration options = endpoint.getConfiguration();
            return new Payer(options.getAccount(), options.base().value());
        }
    }

    /** The started endpoints of one payer, and what was last known of the balance. */
    private static final class Account {
        final String apiKey;
        final Set<SoraEndpoint> endpoints = new HashSet<>();
        Rates rates;
        Balance balance;
        Instant balanceAt = Instant.MIN;

        Account(String apiKey) {
            this.apiKey = apiKey;
        }

        /** Of an endpoint that looks lost submits up, if there is one: what was sent with its key can be found. */
        Optional<Service> service() {
            return endpoints.stream()
                    .map(SoraEndpoint::service)
                    .filter(Objects::nonNull)
                    .max(Comparator.comparing(Service::sendKey));
        }
    }

    synchronized void open(SoraEndpoint endpoint) {
        String apiKey = endpoint.getConfiguration().effectiveApiKey();
        Payer payer = Payer.of(endpoint);
        Account account = open.computeIfAbsent(payer, p -> new Account(apiKey));
        if (!account.apiKey.equals(apiKey)) {
            throw new IllegalArgumentException(
                    "Account '" + payer.account() + "' is in use with another apiKey. If this key"
                            + " is of another payer, give the endpoint an account of its own (option account); if it replaces the"
                            + " other one, stop the routes that use that first");
        }
        if (account.endpoints.isEmpty()) {
            account.rates = endpoint.getConfiguration().rates();
        } else if (!account.rates.equals(endpoint.getConfiguration().rates())) {
            throw new IllegalArgumentException("Account '" + payer.account()
                    + "' is in use at another pace: rateGroup, submitsPerSecond, submitBurst,"
                    + " queriesPerSecond and queryBurst are of the account, so set them on the component, or alike on"
                    + " each endpoint");
        }
        account.endpoints.add(endpoint);
    }

    synchronized void close(SoraEndpoint endpoint) {
        open.computeIfPresent(Payer.of(endpoint), (payer, account) -> {
            account.endpoints.remove(endpoint);
            return account.endpoints.isEmpty() ? null : account;
        });
    }

    /** All started endpoints. */
    synchronized List<SoraEndpoint> endpoints() {
        return open.values().stream()
                .flatMap(account -> account.endpoints.stream())
                .toList();
    }

    /** The services that tasks can be followed at, one for each payer. */
    synchronized Collection<Service> services() {
        return open.values().stream()
                .flatMap(account -> account.service().stream())
                .toList();
    }

    /** Any started endpoint of a payer. */
    synchronized Optional<SoraEndpoint> find(String account, String baseUrl) {
        return Optional.ofNullable(open.get(new Payer(account, baseUrl)))
                .map(found -> found.endpoints.iterator().next());
    }

    /** The balance as it was known a moment ago, asked for when that is too long. Blocks for one round trip then. */
    Balance balance(SoraEndpoint endpoint, Duration believedFor) {
        Account account;
        synchronized (this) {
            account = open.get(Payer.of(endpoint));
        }
        synchronized (account) {
            Instant now = Instant.now();
            if (account.balance == null || now.isAfter(account.balanceAt.plus(believedFor))) {
                account.balance = endpoint.client().balance();
                account.balanceAt = now;
            }
            return account.balance;
        }
    }
}
