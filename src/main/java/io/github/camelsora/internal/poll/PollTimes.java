package io.github.camelsora.internal.poll;

import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Computes when a task is polled next: by its schedule, and later while webhooks bring the completions of its account. */
public final class PollTimes {
    private final InstantSource clock;
    private final WebhookReliability.ByAccount webhooks;

    public PollTimes(InstantSource clock, WebhookReliability.ByAccount webhooks) {
        this.clock = clock;
        this.webhooks = webhooks;
    }

    /** The task was just accepted. */
    Instant first(PollState poll) {
        Instant now = clock.instant();
        poll.running(now);
        return stretched(poll, now, schedule(poll).first(poll.polled(), now));
    }

    /** A poll has found the task running. */
    Instant afterRunning(PollState poll) {
        Instant now = clock.instant();
        Instant before = poll.running(now);
        schedule(poll).onRunning(poll.polled(), before, now);
        return stretched(poll, now, next(poll, now));
    }

    private Instant stretched(PollState poll, Instant now, Instant regular) {
        return webhooks.of(poll.task().key().account())
                .stretch(now, regular, poll.service().timeouts());
    }

    /** After a pause, or when the schedule says if that is sooner. */
    Instant within(PollState poll, Duration pause) {
        Instant now = clock.instant();
        Instant latest = now.plus(pause);
        Instant regular = next(poll, now);
        return latest.isBefore(regular) ? latest : regular;
    }

    /** By the schedule alone. */
    Instant regular(PollState poll) {
        return next(poll, clock.instant());
    }

    private static Instant next(PollState poll, Instant now) {
        return schedule(poll).next(poll.polled(), now);
    }

    /**
     * A poll has failed.
     *
     * @param retryAfter how long the service asks to wait; null when it does not
     */
    Instant afterFailure(PollState poll, Duration retryAfter) {
        return schedule(poll).afterFailure(clock.instant(), poll.failed(), retryAfter);
    }

    private static PollSchedule schedule(PollState poll) {
        return poll.service().schedule();
    }
}
