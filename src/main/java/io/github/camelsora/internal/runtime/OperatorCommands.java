package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.internal.ledger.Lineage;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.runtime.settings.ServiceSettings;
import io.github.camelsora.internal.service.ServiceProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The commands of an operator as they are typed: by account and key, or by a key that one account has. */
public final class OperatorCommands {
    private final SoraRuntime runtime;
    private final AccountRegistry accounts;
    private final ServiceSettings own;
    private final Supplier<Collection<ServiceProfile>> services;

    /**
     * Creates the commands.
     *
     * @param runtime what carries them out
     * @param accounts the accounts of endpoints
     * @param own the component's own way to the service
     * @param services the services that tasks can be followed at
     */
    public OperatorCommands(
            SoraRuntime runtime,
            AccountRegistry accounts,
            ServiceSettings own,
            Supplier<Collection<ServiceProfile>> services) {
        this.runtime = runtime;
        this.accounts = accounts;
        this.own = own;
        this.services = services;
    }

    /**
     * The record of a key that one account has. A ledger finds keys within accounts, so the known accounts are searched.
     *
     * @throws IllegalArgumentException if no account or more than one has the key
     */
    public TaskKey onlyRecordOf(String key) {
        Set<String> known = new TreeSet<>(accounts.names());
        known.add(own.connection().account());
        List<String> having = known.stream()
                .filter(account -> runtime.ledger().find(account, key).isPresent())
                .toList();
        if (having.size() == 1) {
            return new TaskKey(having.get(0), key);
        }
        throw new IllegalArgumentException(
                having.isEmpty()
                        ? "There is no task with key " + key + " in the accounts that this component knows ("
                                + String.join(", ", known)
                                + "). If it is of another account, name that as well: account, key"
                        : "Several accounts have a task with key " + key + " (" + String.join(", ", having)
                                + "). Nothing was changed. Name the account that is meant as well: account, key");
    }

    /** The lineage of a video of an account, by the key of its task or by the service's id. */
    public List<LineageEntry> lineage(String account, String keyOrTaskId) {
        List<LineageEntry> lineage = Lineage.find(runtime.ledger(), account, keyOrTaskId);
        if (lineage.isEmpty()) {
            throw new IllegalArgumentException("Account '" + account + "' has no task with key or id " + keyOrTaskId
                    + ", and no task that was made from a video with this id");
        }
        return lineage;
    }

    /** Pays for a request once more, by a started endpoint of its account. */
    public void retry(TaskKey key) {
        runtime.engine().operator.retry(key, record -> accounts.find(record.account(), record.baseUrl())
                .orElseThrow(() -> new IllegalArgumentException("No route of account '" + record.account() + "' at "
                        + record.baseUrl() + " is started, so there is no API key to pay with"))
                .resubmission(record));
    }

    /** Removes the record of a key. */
    public void forget(TaskKey key) {
        runtime.engine().operator.forget(key);
    }

    /** Pauses an account: its submits wait, in each JVM. */
    public void pause(String account, String why) {
        runtime.engine().pauses.pause(account, why);
    }

    /** Ends all pauses of an account. */
    public void resume(String account) {
        runtime.engine().pauses.resume(account);
    }

    /** Delivers a task again that was set aside. */
    public void release(TaskKey key) {
        Instant now = runtime.ledger().now();
        Duration tracking = services.get().stream()
                .filter(service -> service.account().equals(key.account()))
                .map(service -> service.timeouts().tracking())
                .findFirst()
                .orElse(own.polling().trackingTimeout());
        runtime.engine().operator.release(key, now.plus(tracking));
        runtime.housekeeper().trigger();
    }
}
