package io.github.camelsora.internal.operator;

import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.RetryRules;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which action on a record is wrong by what the record says, and why. Whoever offers an action and whoever carries it out ask here. */
public final class ActionRules {
    private static final Set<LedgerAction> ON_A_RECORD = EnumSet.of(
            LedgerAction.retry,
            LedgerAction.release,
            LedgerAction.adopt,
            LedgerAction.setAside,
            LedgerAction.forget,
            LedgerAction.erase);

    private ActionRules() {}

    /** The actions that nothing in a record forbids. Whether a submit of its key can be cancelled, a record does not say. */
    static Set<LedgerAction> fitting(TaskRecord record) {
        Set<LedgerAction> fitting = EnumSet.copyOf(ON_A_RECORD);
        fitting.removeIf(action -> misfit(action, record).isPresent());
        return fitting;
    }

    /**
     * Checks an action before it is carried out.
     *
     * @throws IllegalArgumentException if the record forbids it; its message says why
     */
    static void check(LedgerAction action, TaskRecord record) {
        misfit(action, record).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** Why an action is wrong for a record; empty if nothing in the record forbids it. */
    public static Optional<String> misfit(LedgerAction action, TaskRecord record) {
        return Optional.ofNullable(reason(action, record)).map(reason -> "Key " + record.key() + " " + reason);
    }

    /** In words that go on from the key; null for none. */
    private static String reason(LedgerAction action, TaskRecord record) {
        TaskState state = record.state();
        return switch (action) {
            case retry -> misfitOfRetry(record);
            case release ->
                state == TaskState.SET_ASIDE ? null : "cannot be released: it is " + state + ", not set aside";
            case forget ->
                switch (state) {
                    case INTENT, RUNNING -> "cannot be forgotten: its task is " + state + " and may be paid for";
                    case UNKNOWN, ENDED, DELIVERED, SET_ASIDE, REJECTED -> null;
                };
            case erase ->
                switch (state) {
                    case DELIVERED, SET_ASIDE, REJECTED -> null;
                    case INTENT, UNKNOWN, RUNNING, ENDED ->
                        "is not erased: its task is " + state
                                + ", and its delivery needs its carried headers. Erase it after the delivery, or set it aside first";
                };
            case setAside ->
                switch (state) {
                    case UNKNOWN, RUNNING, ENDED -> null;
                    case INTENT, DELIVERED, SET_ASIDE, REJECTED ->
                        "cannot be set aside: it is " + state
                                + ", and only a task that is followed or to be delivered can be";
                };
            case adopt -> misfitOfAdoption(record);
            case list, count, get, history, lineage, cancel, pause, resume, accounts, export -> null;
        };
    }

    private static String misfitOfRetry(TaskRecord record) {
        if (!RetryRules.mayBePaidAgain(record)) {
            return "cannot be retried: it is " + record.state()
                    + ", and only what has failed, was rejected or was not sent may be paid for again. Nothing was sent"
                    + remedy(record.state());
        }
        if (record.request() == null) {
            return "cannot be retried: its task was submitted elsewhere, so the request is not known";
        }
        return SubmitRequest.isPromptMissing(record)
                ? "cannot be retried: its prompt is not stored (storePrompt), or was erased. Nothing was sent. To pay once"
                        + " more under this key, forget it and send its message again"
                : null;
    }

    /** What allows a retry all the same. */
    private static String remedy(TaskState state) {
        return switch (state) {
            case SET_ASIDE -> ". First release it; if its task has failed, it can be retried then";
            case UNKNOWN ->
                ". If you know its task, adopt it; if you know that it was not accepted, forget it and send its message again";
            default -> "";
        };
    }

    private static String misfitOfAdoption(TaskRecord record) {
        boolean isLost = record.taskId() == null
                && (record.state() == TaskState.UNKNOWN || record.state() == TaskState.SET_ASIDE);
        return isLost
                ? null
                : "was given no task: it is " + record.state()
                        + (record.taskId() == null ? "" : " and has task " + record.taskId())
                        + ", and only a submit whose answer was lost can be given a task. Nothing was changed";
    }
}
