package io.github.camelsora.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Which records of a ledger a search finds: those that meet all of its conditions. Immutable; begin with {@link #ALL}, or with
 * what a person has typed ({@link #parse}).
 *
 * @param account the account; null for all accounts
 * @param states the states; none for all states
 * @param tag the tag; null for records with any tag or none, as for each of the next four
 * @param tenant for whom the task is made
 * @param model the model that makes it
 * @param correlationId the id of the business process that asked for it
 * @param text what the key or the task id contains, in upper or lower case. No character in it has a special meaning. A
 *     database may distinguish the upper and lower case of letters beyond ASCII
 * @param createdBefore the record was created before this time, of which the ledger knows no more than milliseconds; null for any
 * @param createdAfter the record was created at this time or after it; null for any
 */
public record TaskFilter(
        String account,
        Set<TaskState> states,
        String tag,
        String tenant,
        String model,
        String correlationId,
        String text,
        Instant createdBefore,
        Instant createdAfter) {
    /** All records. */
    public static final TaskFilter ALL = new TaskFilter(null, Set.of(), null, null, null, null, null, null, null);

    private static final int LAST_YEAR = 9999;

    /**
     * Checks the values. Times are rounded up to the millisecond, which selects the same records.
     *
     * @param account the account; null for all accounts
     * @param states the states; null or none for all states
     * @param tag the tag; null for records with any tag or none, as for each of the next four
     * @param tenant for whom the task is made
     * @param model the model that makes it
     * @param correlationId the id of the business process that asked for it
     * @param text what the key or the task id contains
     * @param createdBefore the record was created before this time; null for any
     * @param createdAfter the record was created at this time or after it; null for any
     * @throws IllegalArgumentException if a text is blank or has a character that no record can have, or if a time is not in the
     *     years 1 to 9999. A blank text is an error because it often comes from a value that is missing, and all records would be
     *     found
     */
    public TaskFilter {
        states = sorted(states);
        check("account", account);
        check("tag", tag);
        check("tenant", tenant);
        check("model", model);
        check("correlationId", correlationId);
        check("text", text);
        createdBefore = toMillis("createdBefore", createdBefore);
        createdAfter = toMillis("createdAfter", createdAfter);
    }

    private static Set<TaskState> sorted(Set<TaskState> states) {
        EnumSet<TaskState> sorted = EnumSet.noneOf(TaskState.class);
        sorted.addAll(states == null ? Set.of() : states);
        return Collections.unmodifiableSet(sorted);
    }

    private static void check(String name, String value) {
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException(
                    "The " + name + " of a filter is blank. Leave it out to find the records of each");
        }
        if (value != null && value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "The " + name + " of a filter has the character U+0000, which no record has");
        }
    }

    private static Instant toMillis(String name, Instant time) {
        if (time == null) {
            return null;
        }
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > LAST_YEAR) {
            throw new IllegalArgumentException(
                    "The time " + name + " of a filter is not in the years 1 to " + LAST_YEAR + ": " + time);
        }
        Instant floor = time.truncatedTo(ChronoUnit.MILLIS);
        return floor.equals(time) ? time : floor.plusMillis(1);
    }

    /**
     * Reads what a person has typed into a search box. Conditions are separated by spaces, in any order:
     *
     * <pre>{@code state:unknown,set_aside older:1h younger:2d tag:x tenant:y model:z correlation:c account:a video_01K8}</pre>
     *
     * <p>{@code older} and {@code younger} take a duration, as in {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d} or {@code 1w},
     * or a time, as in {@code 2026-01-14T12:00:00Z}. All other words are the text that the key or the task id contains; several
     * of them are one text with a space in between. A value with a space, and a text with a colon, is put in double
     * quotes, in which {@code \"} is a quote and {@code \\} is a backslash.
     *
     * @param search the conditions; {@link #ALL} if there is none
     * @param now the time that durations count back from
     * @return the filter
     * @throws IllegalArgumentException if a word or a value is wrong; the message names the right ones
     */
    public static TaskFilter parse(String search, Instant now) {
        return new FilterParser(search, now).parse();
    }

    /**
     * The filter on one account.
     *
     * @param newAccount the account; null for all accounts
     * @return a copy
     */
    public TaskFilter withAccount(String newAccount) {
        return new TaskFilter(newAccount, states, tag, tenant, model, correlationId, text, createdBefore, createdAfter);
    }

    /**
     * The filter on states.
     *
     * @param newStates the states; none for all states
     * @return a copy
     */
    public TaskFilter withStates(TaskState... newStates) {
        return new TaskFilter(
                account,
                Set.copyOf(List.of(newStates)),
                tag,
                tenant,
                model,
                correlationId,
                text,
                createdBefore,
                createdAfter);
    }

    /**
     * The filter on a tag.
     *
     * @param newTag the tag; null for records with any tag or none
     * @return a copy
     */
    public TaskFilter withTag(String newTag) {
        return new TaskFilter(account, states, newTag, tenant, model, correlationId, text, createdBefore, createdAfter);
    }

    /**
     * The filter on a tenant.
     *
     * @param newTenant for whom the task is made; null for any, or none
     * @return a copy
     */
    public TaskFilter withTenant(String newTenant) {
        return new TaskFilter(account, states, tag, newTenant, model, correlationId, text, createdBefore, createdAfter);
    }

    /**
     * The filter on a model.
     *
     * @param newModel the model; null for any, or none
     * @return a copy
     */
    public TaskFilter withModel(String newModel) {
        return new TaskFilter(account, states, tag, tenant, newModel, correlationId, text, createdBefore, createdAfter);
    }

    /**
     * The filter on a business process.
     *
     * @param newCorrelationId the id of the process; null for any, or none
     * @return a copy
     */
    public TaskFilter withCorrelationId(String newCorrelationId) {
        return new TaskFilter(account, states, tag, tenant, model, newCorrelationId, text, createdBefore, createdAfter);
    }

    /**
     * The filter on a part of the key or the task id.
     *
     * @param newText the part; null for any key and task id
     * @return a copy
     */
    public TaskFilter withText(String newText) {
        return new TaskFilter(account, states, tag, tenant, model, correlationId, newText, createdBefore, createdAfter);
    }

    /**
     * The filter on records that were created before a time.
     *
     * @param time the time; null for any
     * @return a copy
     */
    public TaskFilter withCreatedBefore(Instant time) {
        return new TaskFilter(account, states, tag, tenant, model, correlationId, text, time, createdAfter);
    }

    /**
     * The filter on records that were created at a time or after it.
     *
     * @param time the time; null for any
     * @return a copy
     */
    public TaskFilter withCreatedAfter(Instant time) {
        return new TaskFilter(account, states, tag, tenant, model, correlationId, text, createdBefore, time);
    }

    /**
     * Tells whether a record meets all conditions.
     *
     * @param record the record
     * @return true when a search finds it
     */
    public boolean matches(TaskRecord record) {
        TaskOrigin origin = record.origin();
        Instant createdAt = record.times().createdAt();
        return isUnsetOr(account, record.account())
                && (states.isEmpty() || states.contains(record.state()))
                && isUnsetOr(tag, record.tag())
                && isUnsetOr(tenant, origin.tenant())
                && isUnsetOr(model, origin.model())
                && isUnsetOr(correlationId, origin.correlationId())
                && (text == null || contains(record.key()) || contains(record.taskId()))
                && (createdBefore == null || createdAt != null && createdAt.isBefore(createdBefore))
                && (createdAfter == null || createdAt != null && !createdAt.isBefore(createdAfter));
    }

    private static boolean isUnsetOr(String wanted, String value) {
        return wanted == null || Objects.equals(wanted, value);
    }

    private boolean contains(String value) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** The conditions as {@link #parse} reads them, times as such; empty for {@link #ALL}. */
    @Override
    public String toString() {
        return FilterWord.write(this);
    }
}
