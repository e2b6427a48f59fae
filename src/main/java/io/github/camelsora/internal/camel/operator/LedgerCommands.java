package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.api.AccountInfo;
import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.ExportFormat;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.LedgerOperator;
import io.github.camelsora.api.LedgerPauses;
import io.github.camelsora.api.LedgerSearch;
import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.Lineage;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.operator.OperatorService;
import io.github.camelsora.internal.operator.RecordExport;
import io.github.camelsora.internal.pause.PauseLog;
import io.github.camelsora.internal.runtime.AccountRegistry;
import io.github.camelsora.internal.runtime.ServiceConnection;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.runtime.settings.ServiceSettings;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The commands of an operator for a component: finds the record, the account and the service that a command is about. {@link
 * OperatorService} carries out a command on one record, {@link ManyRecords} on many.
 */
public final class LedgerCommands implements LedgerOperator {
    private static final int MOST_LINES = 1000;

    private final SoraRuntime runtime;
    private final AccountRegistry accounts;
    private final ServiceSettings own;
    private final Supplier<Collection<ServiceProfile>> services;
    private final AccountLookup lookup;
    private final AccountOverview overview;
    private final ManyRecords many;

    /**
     * Creates the commands.
     *
     * @param runtime what carries them out
     * @param accounts the accounts of endpoints
     * @param own the component's own way to the service
     * @param services the services that tasks can be followed at
     * @param connections those of started endpoints, and the component's own
     */
    public LedgerCommands(
            SoraRuntime runtime,
            AccountRegistry accounts,
            ServiceSettings own,
            Supplier<Collection<ServiceProfile>> services,
            Supplier<Collection<ServiceConnection>> connections) {
        this.runtime = runtime;
        this.accounts = accounts;
        this.own = own;
        this.services = services;
        this.lookup =
                new AccountLookup(runtime.ledger(), accounts, own.connection().account());
        this.overview = new AccountOverview(runtime.ledger(), connections);
        this.many = new ManyRecords(runtime, this::search);
    }

    private TaskLedger ledger() {
        return runtime.ledger();
    }

    private OperatorService service() {
        return runtime.engine().operator;
    }

    private LedgerSearch search() {
        return ledger().search()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "The ledger of this component cannot be searched (TaskLedger.search)"));
    }

    @Override
    public List<TaskRecord> list(TaskFilter filter, TaskPage page) {
        return search().find(filter, page);
    }

    @Override
    public List<TaskCount> count(TaskFilter filter) {
        return search().count(filter);
    }

    @Override
    public TaskRecord get(String account, String key) {
        return find(lookup.keyOf(account, key));
    }

    private TaskRecord find(TaskKey key) {
        return service().require(key);
    }

    @Override
    public List<HistoryEntry> history(String account, String key) {
        AccountLookup.checkGiven(key);
        return ledger().history()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "The ledger of this component keeps no history (TaskLedger.history)"))
                .find(account == null ? lookup.ofHistory(key) : account, key, MOST_LINES);
    }

    @Override
    public List<LineageEntry> lineage(String account, String keyOrTaskId) {
        AccountLookup.checkGiven(keyOrTaskId);
        Map<String, List<LineageEntry>> found = new TreeMap<>();
        for (String candidate : account == null ? lookup.known() : Set.of(account)) {
            List<LineageEntry> lineage = Lineage.find(ledger(), candidate, keyOrTaskId);
            if (!lineage.isEmpty()) {
                found.put(candidate, lineage);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    (account == null ? "No account of this component" : "Account '" + account + "'")
                            + " has a task with key or id " + keyOrTaskId
                            + ", or a task that was made from a video with this id");
        }
        return found.get(lookup.onlyOne(keyOrTaskId, found.keySet()));
    }

    @Override
    public List<AccountInfo> accounts() {
        return overview.of(lookup.known(), count(TaskFilter.ALL), pauses());
    }

    /** The pauses of all accounts; none if the ledger keeps none. */
    List<AccountPause> pauses() {
        return ledger().pauses().map(LedgerPauses::findAll).orElse(List.of());
    }

    @Override
    public String export(TaskFilter filter, TaskPage page, ExportFormat format) {
        return RecordExport.write(list(filter, page), format);
    }

    @Override
    public Set<LedgerAction> actions(TaskRecord record) {
        return service().actions(record);
    }

    @Override
    public TaskRecord retry(String account, String key, Operator by) {
        TaskKey found = lookup.keyOf(account, key);
        service().retry(found, by, this::resubmission);
        return find(found);
    }

    private SubmitCommand resubmission(TaskRecord record) {
        return accounts.findToPay(record).orElseThrow(() -> noApiKey(record)).resubmission(record);
    }

    private ServiceConnection connectionOf(TaskRecord record) {
        return accounts.find(record.account(), record.baseUrl()).orElseThrow(() -> noApiKey(record));
    }

    private static IllegalArgumentException noApiKey(TaskRecord record) {
        return new IllegalArgumentException("No route of account '" + record.account() + "' at " + record.baseUrl()
                + " is started, so there is no API key to use");
    }

    @Override
    public TaskRecord release(String account, String key, Operator by) {
        TaskKey found = lookup.keyOf(account, key);
        service().release(found, by, trackUntil(found.account()));
        runtime.housekeeper().trigger();
        return find(found);
    }

    private Instant trackUntil(String account) {
        Duration tracking = services.get().stream()
                .filter(service -> service.account().equals(account))
                .map(service -> service.timeouts().tracking())
                .findFirst()
                .orElse(own.polling().trackingTimeout());
        return ledger().now().plus(tracking);
    }

    @Override
    public TaskRecord forget(String account, String key, Operator by) {
        TaskKey found = lookup.keyOf(account, key);
        TaskRecord before = find(found);
        service().forget(found, by);
        return before;
    }

    @Override
    public ActionResult erase(String account, String correlationId, Operator by) {
        if (correlationId == null) {
            throw new IllegalArgumentException("The correlation id of the tasks is missing. Nothing was changed");
        }
        TaskFilter filter = TaskFilter.ALL.withAccount(account).withCorrelationId(correlationId);
        return many.act(LedgerAction.erase, filter, record -> service().erase(record, by));
    }

    @Override
    public TaskRecord adopt(String account, String key, String taskId, Operator by) {
        TaskKey found = lookup.keyOf(account, key);
        ServiceProfile profile = connectionOf(find(found)).profile();
        service().adopt(found, by, taskId, profile);
        return find(found);
    }

    @Override
    public void cancel(String account, String key, Operator by) {
        AccountLookup.checkGiven(key);
        service().cancel(new TaskKey(account == null ? own.connection().account() : account, key), by);
    }

    @Override
    public TaskRecord setAside(String account, String key, Operator by) {
        TaskKey found = lookup.keyOf(account, key);
        service().setAside(found, by);
        return find(found);
    }

    @Override
    public void pause(String account, Operator by) {
        runtime.engine().pauses.pause(account, by);
        PauseLog.warnUnlessUsed(account, lookup.known());
    }

    @Override
    public void resume(String account, Operator by) {
        runtime.engine().pauses.resume(account, by);
    }

    @Override
    public ActionPreview preview(LedgerAction action, TaskFilter filter) {
        return many.preview(action, filter);
    }

    @Override
    public ActionPreview preview(LedgerAction action, List<ActionResult.Key> keys) {
        return many.preview(action, keys, lookup::find);
    }

    @Override
    public ActionResult act(LedgerAction action, String token, Operator by) {
        return many.act(action, token, record -> act(action, record, by));
    }

    private boolean act(LedgerAction action, TaskRecord record, Operator by) {
        return switch (action) {
            case retry -> service().retry(record, by, this::resubmission);
            case release -> service().release(record, by, trackUntil(record.account()));
            case forget -> service().forget(record, by);
            case erase -> service().erase(record, by);
            case setAside -> service().setAside(record, by);
            case list, count, get, history, lineage, adopt, cancel, pause, resume, accounts, export ->
                throw new IllegalStateException(action + " is not for many");
        };
    }
}
