package io.github.camelsora.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits the calls of one kind of one account. A rejected call does not count. Thread-safe. */
final class Limiter {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final Allowance allowance;
    private final Deque<Instant> lastTenSeconds = new ArrayDeque<>();
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private double tokens;
    private Instant filledAt;

    /**
     * The decision about a call.
     *
     * @param remaining how many more calls are allowed now
     * @param nextIn the time until the next call is allowed, zero if one is allowed now
     * @param reset the time until the whole burst is allowed again
     */
    record Result(boolean isAllowed, int remaining, Duration nextIn, Duration reset) {}

    Limiter(Allowance allowance, Instant now) {
        this.allowance = allowance;
        this.tokens = allowance.burst();
        this.filledAt = now;
    }

    synchronized Result count(Instant now) {
        return allowance.meaning() == Burst.BUCKET ? countInBucket(now) : countInWindows(now);
    }

    private Result countInBucket(Instant now) {
        double perNano = allowance.perMinute() / (double) MINUTE.toNanos();
        tokens = Math.min(
                allowance.burst(), tokens + Duration.between(filledAt, now).toNanos() * perNano);
        filledAt = now;
        boolean isAllowed = tokens >= 1;
        if (isAllowed) {
            tokens--;
        }
        Duration wait = Duration.ofNanos((long) Math.ceil(Math.max(0, 1 - tokens) / perNano));
        Duration reset = Duration.ofNanos((long) ((allowance.burst() - tokens) / perNano));
        return new Result(isAllowed, (int) tokens, wait, reset);
    }

    private Result countInWindows(Instant now) {
        forget(lastTenSeconds, now.minus(TEN_SECONDS));
        forget(lastMinute, now.minus(MINUTE));
        boolean isAllowed = free() > 0;
        if (isAllowed) {
            lastTenSeconds.addLast(now);
            lastMinute.addLast(now);
        }
        Duration wait = free() > 0 ? Duration.ZERO : waitForFreePlace(now);
        Duration reset = Duration.between(now, lastTenSeconds.isEmpty() ? now : end(lastTenSeconds.peekLast()));
        return new Result(isAllowed, free(), wait, reset);
    }

    private static void forget(Deque<Instant> calls, Instant until) {
        while (!calls.isEmpty() && !calls.peekFirst().isAfter(until)) {
            calls.removeFirst();
        }
    }

    private int free() {
        return Math.min(allowance.burst() - lastTenSeconds.size(), allowance.perMinute() - lastMinute.size());
    }

    private Duration waitForFreePlace(Instant now) {
        Instant ofTheMinute = lastMinute.size() < allowance.perMinute()
                ? now
                : lastMinute.peekFirst().plus(MINUTE);
        Instant ofTheTenSeconds = lastTenSeconds.size() < allowance.burst() ? now : end(lastTenSeconds.peekFirst());
        return Duration.between(now, ofTheMinute.isAfter(ofTheTenSeconds) ? ofTheMinute : ofTheTenSeconds);
    }

    private static Instant end(Instant call) {
        return call.plus(TEN_SECONDS);
    }
}
