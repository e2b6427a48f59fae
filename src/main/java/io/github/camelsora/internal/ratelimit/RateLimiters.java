package io.github.camelsora.internal.ratelimit;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** The paces of all accounts that one JVM works for. Thread-safe. */
public final class RateLimiters {
    /** The lane of questions that a route asks. */
    public static final String ROUTES = "routes";
    /** The lane of questions for submits whose answer was lost. */
    public static final String LOOK_UPS = "look-ups";
    /** The lane of questions for tasks that run. */
    public static final String POLLS = "polls";

    private static final Duration LONGEST_PAUSE_OF_SUBMITS = Duration.ofDays(1);
    // Asking costs nothing, and what was paid for is lost after a day.
    private static final Duration LONGEST_PAUSE_OF_QUERIES = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final Alarm alarm;
    private final Executor pool;
    private final IntConsumer poolSize;
    private final ProxyManager<String> shared;
    private final ConcurrentMap<Payer, AccountRateLimiter> paces = new ConcurrentHashMap<>();

    private record Payer(String account, String baseUrl) {}

    /**
     * Creates paces for no account yet.
     *
     * @param clock what tells the time
     * @param alarm what wakes
     * @param pool where calls run
     * @param poolSize is told how many calls may be under way at once, whenever that changes
     * @param shared where buckets are that several JVMs share; null when they do not
     */
    public RateLimiters(
            InstantSource clock, Alarm alarm, Executor pool, IntConsumer poolSize, ProxyManager<String> shared) {
        this.clock = clock;
        this.alarm = alarm;
        this.pool = pool;
        this.poolSize = poolSize;
        this.shared = shared;
    }

    /**
     * The pace of an account.
     *
     * @param account who pays
     * @param baseUrl the service that counts
     * @return the one pace of both; it limits nothing before it is told what is allowed
     */
    public AccountRateLimiter of(String account, String baseUrl) {
        return paces.computeIfAbsent(
                new Payer(account, baseUrl),
                payer -> new AccountRateLimiter(
                        account + " at " + baseUrl,
                        clock,
                        shared,
                        gate(LONGEST_PAUSE_OF_SUBMITS),
                        gate(LONGEST_PAUSE_OF_QUERIES)));
    }

    private RateLimiter gate(Duration longestPause) {
        return new RateLimiter(clock, alarm, pool, longestPause, this::resize);
    }

    /** Has the pool follow what the accounts may have under way at once. */
    private void resize() {
        poolSize.accept(paces.values().stream()
                .mapToInt(pace ->
                        pace.submits().concurrencyLimit() + pace.queries().concurrencyLimit())
                .sum());
    }

    /**
     * Takes away what routes wait to ask.
     *
     * @return those calls, which are to be run so that their exchanges go on
     */
    public List<Runnable> cancelRouteQueries() {
        return paces.values().stream()
                .flatMap(pace -> pace.queries().clear(ROUTES).stream())
                .toList();
    }
}
