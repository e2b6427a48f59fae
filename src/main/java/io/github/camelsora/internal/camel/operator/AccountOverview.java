package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.api.AccountInfo;
import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.runtime.ServiceConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Describes accounts by their records, their pauses, and the endpoints that use them. */
final class AccountOverview {
    private final TaskLedger ledger;
    private final Supplier<Collection<ServiceConnection>> connections;

    AccountOverview(TaskLedger ledger, Supplier<Collection<ServiceConnection>> connections) {
        this.ledger = ledger;
        this.connections = connections;
    }

    /**
     * Describes accounts, by name.
     *
     * @param known the accounts to describe, beside those that have records or pauses
     */
    List<AccountInfo> of(Set<String> known, List<TaskCount> counts, List<AccountPause> pauses) {
        Map<String, List<TaskCount>> countsOf = counts.stream().collect(Collectors.groupingBy(TaskCount::account));
        Map<String, List<AccountPause>> pausesOf =
                pauses.stream().collect(Collectors.groupingBy(AccountPause::account));
        Map<String, List<ServiceConnection>> connectionsOf = connections.get().stream()
                .filter(connection -> connection.profile() != null)
                .collect(Collectors.groupingBy(
                        connection -> connection.settings().connection().account()));
        Set<String> names = new TreeSet<>(known);
        names.addAll(countsOf.keySet());
        names.addAll(pausesOf.keySet());
        return names.stream()
                .map(name -> describe(
                        name,
                        connectionsOf.getOrDefault(name, List.of()),
                        countsOf.getOrDefault(name, List.of()),
                        pausesOf.getOrDefault(name, List.of())))
                .toList();
    }

    private AccountInfo describe(
            String account, List<ServiceConnection> ofAccount, List<TaskCount> counts, List<AccountPause> pauses) {
        return new AccountInfo(
                account,
                ofAccount.stream()
                        .map(connection -> connection.profile().baseUrl())
                        .distinct()
                        .sorted()
                        .toList(),
                counts,
                pauses,
                ofAccount.stream()
                        .findFirst()
                        .map(connection -> connection.limitsLeft(ledger))
                        .orElse(List.of()));
    }
}
