package io.github.camelsora.internal.camel.operator;

import io.github.camelsora.api.AccountInfo;
import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ExportFormat;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskPage;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.option.EnumOption;
import io.github.camelsora.internal.operator.RecordExport;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.toapis.Json;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** The commands of an operator over JMX, in texts that JConsole shows. An account that is empty is the one that has the key. */
@ManagedResource(
        description = "The ledger of camel-sora: its tasks, accounts and pauses, and what an operator does with them")
public final class SoraOperator extends ServiceSupport {
    private static final int MOST_SHOWN = 100;
    private static final TaskFilter OPEN = TaskFilter.ALL.withStates(
            Stream.of(TaskState.values()).filter(TaskState::isOpen).toArray(TaskState[]::new));

    private final Supplier<LedgerCommands> commands;
    private final Supplier<SoraRuntime> runtime;

    /**
     * Creates the bean.
     *
     * @param commands the commands since the last start of the component
     * @param runtime what runs since then
     */
    public SoraOperator(Supplier<LedgerCommands> commands, Supplier<SoraRuntime> runtime) {
        this.commands = commands;
        this.runtime = runtime;
    }

    private static String orNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @ManagedAttribute(description = "How many records each account has in each state, and what they cost")
    public String[] getTaskCounts() {
        return lines(commands.get().count(TaskFilter.ALL).stream().map(SoraOperator::text));
    }

    private static String text(TaskCount count) {
        return count.account() + " " + count.state() + ": " + count.tasks() + " tasks, "
                + count.credits().toPlainString() + " credits"
                + (count.withoutPrice() == 0 ? "" : " and " + count.withoutPrice() + " without a price");
    }

    @ManagedAttribute(description = "How many tasks are open: submitted and not ended, or of unknown outcome")
    public long getOpenTasks() {
        return commands.get().count(OPEN).stream().mapToLong(TaskCount::tasks).sum();
    }

    @ManagedAttribute(description = "How many submits wait in this JVM to be sent")
    public int getQueuedSubmits() {
        return runtime.get().engine().submits.queued();
    }

    @ManagedAttribute(description = "The name of this JVM in the ledger")
    public String getNode() {
        return runtime.get().lease().node();
    }

    @ManagedAttribute(description = "The pauses of accounts, with their reasons")
    public String[] getPauses() {
        return lines(commands.get().pauses().stream()
                .sorted(Comparator.comparing(AccountPause::account))
                .map(pause -> pause.account() + " since " + pause.pausedAt() + " (" + pause.cause() + ", "
                        + pause.actor() + "): " + pause.reason()));
    }

    @ManagedAttribute(description = "What is left of the limits of spending of each account")
    public String[] getSpendLimits() {
        return lines(commands.get().accounts().stream().flatMap(SoraOperator::limits));
    }

    private static Stream<String> limits(AccountInfo account) {
        return account.limits().stream()
                .map(limit -> account.account() + " " + limit.limit() + ": "
                        + limit.held().toPlainString() + " held, "
                        + limit.left().toPlainString() + " left");
    }

    @ManagedAttribute(
            description = "The last failure of a call to the ledger, and when it was; empty when none has failed")
    public String getLastLedgerError() {
        return runtime.get()
                .ledgerOutage()
                .lastFailures()
                .map(failures -> failures.at() + " " + failures.reason())
                .orElse("");
    }

    private static String[] lines(Stream<String> lines) {
        return lines.toArray(String[]::new);
    }

    @ManagedOperation(
            description = "Lists the newest 100 records of a filter, such as state:unknown older:1h; empty for all")
    public String list(String filter) {
        return commands.get().export(parse(filter), TaskPage.first(MOST_SHOWN), ExportFormat.csv);
    }

    private TaskFilter parse(String filter) {
        return TaskFilter.parse(
                Objects.requireNonNullElse(filter, ""), runtime.get().ledger().now());
    }

    @ManagedOperation(description = "Reads the record of a key")
    public String get(String account, String key) {
        return text(commands.get().get(orNull(account), key));
    }

    private static String text(TaskRecord record) {
        return Json.write(RecordExport.fields(record));
    }

    @ManagedOperation(description = "Reads the history of a key, the oldest line first")
    public String history(String account, String key) {
        return commands.get().history(orNull(account), key).stream()
                .map(entry -> entry.at() + " " + entry.event() + ": " + entry.from() + " -> " + entry.to()
                        + (entry.actor() == null ? "" : ", by " + entry.actor())
                        + (entry.detail() == null ? "" : ", " + entry.detail())
                        + " (" + entry.node() + ")")
                .collect(Collectors.joining("\n"));
    }

    @ManagedOperation(description = "Shows what a video was made from and what was made from it, by its key or task id")
    public String lineage(String account, String keyOrTaskId) {
        return commands.get().lineage(orNull(account), keyOrTaskId).stream()
                .map(entry -> entry.generation() + " " + entry.taskId() + ", key " + entry.key() + ", " + entry.state()
                        + ", " + entry.price().known() + " credits")
                .collect(Collectors.joining("\n"));
    }

    @ManagedOperation(description = "Pays for a failed or rejected request once more, under its key")
    public String retry(String account, String key, String actor, String reason) {
        return text(commands.get().retry(orNull(account), key, new Operator(actor, reason)));
    }

    @ManagedOperation(description = "Delivers a task again that was set aside, or follows it again")
    public String release(String account, String key, String actor, String reason) {
        return text(commands.get().release(orNull(account), key, new Operator(actor, reason)));
    }

    @ManagedOperation(description = "Forgets a key, so that the next request under it is paid for")
    public String forget(String account, String key, String actor, String reason) {
        return text(commands.get().forget(orNull(account), key, new Operator(actor, reason)));
    }

    @ManagedOperation(
            description = "Removes the prompts and carried headers of the tasks with a correlation id; their keys stay")
    public String erase(String account, String correlationId, String actor, String reason) {
        return Json.write(commands.get()
                .erase(orNull(account), correlationId, new Operator(actor, reason))
                .toMap());
    }

    @ManagedOperation(description = "Gives a lost submit the task that was found in the vendor's console")
    public String adopt(String account, String key, String taskId, String actor, String reason) {
        return text(commands.get().adopt(orNull(account), key, taskId, new Operator(actor, reason)));
    }

    @ManagedOperation(description = "Takes a task out of tracking and delivery until it is released")
    public String setAside(String account, String key, String actor, String reason) {
        return text(commands.get().setAside(orNull(account), key, new Operator(actor, reason)));
    }

    @ManagedOperation(description = "Cancels a submit that waits in this JVM to be sent; it reaches no other JVM")
    public void cancel(String account, String key, String actor, String reason) {
        commands.get().cancel(orNull(account), key, new Operator(actor, reason));
    }

    @ManagedOperation(description = "Pauses an account: its new submits wait until it is resumed")
    public void pauseAccount(String account, String actor, String reason) {
        commands.get().pause(account, new Operator(actor, reason));
    }

    /** Not {@code resume}: Camel has an operation of this name on each managed service, and JMX would call that one. */
    @ManagedOperation(description = "Ends all pauses of an account")
    public void resumeAccount(String account, String actor, String reason) {
        commands.get().resume(account, new Operator(actor, reason));
    }

    @ManagedOperation(
            description =
                    "Tells on how many records an action (retry, release, forget, erase, setAside) would act, what they cost, and"
                            + " the token to act on them")
    public String preview(String action, String filter) {
        ActionPreview preview =
                commands.get().preview(EnumOption.parse("action", LedgerAction.class, action), parse(filter));
        return Json.write(preview.toMap());
    }

    @ManagedOperation(description = "Acts on exactly the records that were previewed, as they were then")
    public String act(String action, String token, String actor, String reason) {
        LedgerAction parsed = EnumOption.parse("action", LedgerAction.class, action);
        return Json.write(
                commands.get().act(parsed, token, new Operator(actor, reason)).toMap());
    }
}
