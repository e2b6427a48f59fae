package io.github.camelsora.api;

/** When a running task is polled: the values of the option {@code pollSchedule}, which users write in any case. */
public enum PollScheduleKind {
    /** When the task is likely to have ended, as estimated from recent tasks of the same model and length. */
    LEARNED,
    /** After {@code pollInitialDelay}, then every {@code pollInterval}. */
    FIXED
}
