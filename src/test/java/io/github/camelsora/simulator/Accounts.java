package io.github.camelsora.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API keys and the accounts that they belong to. The first account is the default one. */
final class Accounts {

    /** An account as it was when the simulator started, and as it is again after a reset. */
    record InitialAccount(String name, long credits, List<String> keys) {}

    private final List<InitialAccount> initialAccounts;
    private final Map<String, Account> byName = new LinkedHashMap<>();
    private final Map<String, Account> byKey = new LinkedHashMap<>();

    Accounts(List<InitialAccount> initial) {
        this.initialAccounts = List.copyOf(initial);
        reset();
    }

    synchronized void reset() {
        byName.clear();
        byKey.clear();
        for (InitialAccount account : initialAccounts) {
            byName.put(account.name(), new Account(account.name(), account.credits()));
            account.keys().forEach(key -> add(account.name(), key));
        }
    }

    synchronized void add(String name, String key) {
        Account account = named(name);
        Account owner = byKey.putIfAbsent(key, account);
        if (owner != null && owner != account) {
            throw new IllegalArgumentException("That key belongs to account '%s' already".formatted(owner.name()));
        }
    }

    synchronized void revoke(String key) {
        byKey.remove(key);
    }

    synchronized Optional<Account> ofKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    synchronized Account named(String name) {
        Account account = byName.get(name);
        if (account == null) {
            throw new IllegalArgumentException(
                    "There is no account '%s'; there are %s".formatted(name, byName.keySet()));
        }
        return account;
    }

    String defaultName() {
        return initialAccounts.get(0).name();
    }

    synchronized List<String> keys() {
        return new ArrayList<>(byKey.keySet());
    }
}
