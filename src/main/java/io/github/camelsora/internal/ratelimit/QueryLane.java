package io.github.camelsora.internal.ratelimit;

/** The lanes of an account's queries, which take turns. Within a lane the query with the least order comes first. */
public enum QueryLane {
    /** Queries that an exchange waits for. */
    ROUTES,
    /** Searches for a submit whose answer was lost, and for an address that a result lacks. */
    LOOK_UPS,
    /** Polls of running tasks. */
    POLLS
}
