package io.github.camelsora.support;

import io.github.camelsora.internal.ratelimit.Alarm;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** A clock, what wakes by it, and a pool, all of which go on only when a test says so. */
public final class MovedTime implements InstantSource, Alarm, Executor {
    private final TreeMap<Instant, Queue<Runnable>> alarms = new TreeMap<>();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Runnable at(Instant when, Runnable action) {
        Runnable[] entry = {action};
        alarms.computeIfAbsent(when, time -> new ArrayDeque<>()).add(() -> entry[0].run());
        return () -> entry[0] = () -> {};
    }

    @Override
    public void execute(Runnable action) {
        pool.add(action);
    }

    /** How many actions wait to be run. */
    public int handedOut() {
        return pool.size();
    }

    /** Does what there is to do now. */
    public void work() {
        for (Runnable action = pool.poll(); action != null; action = pool.poll()) {
            action.run();
        }
    }

    /** Lets time pass, from one alarm to the next, and never more often than that: whoever spins is seen to. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        work();
        while (!alarms.isEmpty() && !alarms.firstKey().isAfter(end)) {
            Map.Entry<Instant, Queue<Runnable>> next = alarms.pollFirstEntry();
            if (next.getKey().isAfter(now)) {
                now = next.getKey();
            }
            next.getValue().forEach(Runnable::run);
            work();
        }
        now = end;
    }

    public RateLimiters paces() {
        return new RateLimiters(this, this, this, size -> {}, null);
    }
}
