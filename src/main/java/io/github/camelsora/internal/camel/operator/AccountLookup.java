package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.runtime.AccountRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the account that is meant where an operator names a key without one. */
final class AccountLookup {
    private final TaskLedger ledger;
    private final AccountRegistry accounts;
    private final String own;

    AccountLookup(TaskLedger ledger, AccountRegistry accounts, String own) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.own = own;
    }

    /** A ledger finds keys within accounts, so these are searched: the component's own, and those of its endpoints. */
    Set<String> known() {
        Set<String> known = new TreeSet<>(accounts.names());
        known.add(own);
        return known;
    }

    /**
     * The key within its account.
     *
     * @param account the account; null for the one that has the key
     * @throws IllegalArgumentException if no account, or more than one, has the key
     */
    TaskKey keyOf(String account, String key) {
        checkGiven(key);
        return new TaskKey(account == null ? onlyOne(key, having(key).keySet()) : account, key);
    }

    /** Fails if an operator has given no key. */
    static void checkGiven(String key) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("The key of a task is missing. Nothing was changed");
        }
    }

    /**
     * The record of a key that an operator has chosen.
     *
     * @param chosen the key; its account is null for the one that has the key
     * @return empty when there is none
     * @throws IllegalArgumentException if several accounts have the key
     */
    Optional<TaskRecord> find(ActionResult.Key chosen) {
        checkGiven(chosen.key());
        if (chosen.account() != null) {
            return ledger.find(chosen.account(), chosen.key());
        }
        Map<String, TaskRecord> having = having(chosen.key());
        return having.isEmpty() ? Optional.empty() : Optional.of(having.get(onlyOne(chosen.key(), having.keySet())));
    }

    /** The account of a key whose record may be forgotten. */
    String ofHistory(String key) {
        Set<String> having = having(key).keySet();
        return having.isEmpty() ? own : onlyOne(key, having);
    }

    /** The records of a key, by account. */
    private Map<String, TaskRecord> having(String key) {
        Map<String, TaskRecord> having = new TreeMap<>();
        for (String account : known()) {
            ledger.find(account, key).ifPresent(record -> having.put(account, record));
        }
        return having;
    }

    /**
     * The one account that has a key.
     *
     * @throws IllegalArgumentException if none has it, or several
     */
    String onlyOne(String key, Set<String> having) {
        if (having.size() == 1) {
            return having.iterator().next();
        }
        throw new IllegalArgumentException(
                having.isEmpty()
                        ? "There is no task with key " + key + " in the accounts that this component knows ("
                                + String.join(", ", known())
                                + "). If it is of another account, name that as well: account, key"
                        : "Several accounts have a task with key " + key + " (" + String.join(", ", having)
                                + "). Nothing was changed. Name the account that is meant as well: account, key");
    }
}
