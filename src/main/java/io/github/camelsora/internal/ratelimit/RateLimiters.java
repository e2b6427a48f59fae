package io.github.camelsora.internal.ratelimit;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** The rate limiters of all accounts of one JVM. Thread-safe. */
public final class RateLimiters {
    private static final Duration LONGEST_PAUSE_OF_SUBMITS = Duration.ofDays(1);
    // Queries are free, and the video of a task can be downloaded for a day only.
    private static final Duration LONGEST_PAUSE_OF_QUERIES = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final TimerQueue timers;
    private final Executor pool;
    private final IntConsumer poolSize;
    private final ProxyManager<String> sharedBuckets;
    private volatile Set<String> held = Set.of();
    private final ConcurrentMap<Payer, AccountRateLimiter> byPayer = new ConcurrentHashMap<>();

    private record Payer(String account, String baseUrl) {}

    /**
     * Creates limiters for no account yet.
     *
     * @param clock the clock of the buckets and of all deadlines
     * @param timers wakes limiters by that clock
     * @param pool where calls run
     * @param poolSize receives how many calls may be in flight at once, whenever that changes
     * @param sharedBuckets the buckets that several JVMs share; null for a bucket of this JVM's own
     */
    public RateLimiters(
            InstantSource clock,
            TimerQueue timers,
            Executor pool,
            IntConsumer poolSize,
            ProxyManager<String> sharedBuckets) {
        this.clock = clock;
        this.timers = timers;
        this.pool = pool;
        this.poolSize = poolSize;
        this.sharedBuckets = sharedBuckets;
    }

    /**
     * The limiter of an account.
     *
     * @param account the account that pays
     * @param baseUrl the service that counts its calls
     * @return the limiter, always the same; it limits nothing until {@link AccountRateLimiter#setLimits limits are set}
     */
    public AccountRateLimiter of(String account, String baseUrl) {
        return byPayer.computeIfAbsent(
                new Payer(account, baseUrl),
                payer -> new AccountRateLimiter(
                        account + " at " + baseUrl,
                        clock,
                        sharedBuckets,
                        limiter(LONGEST_PAUSE_OF_SUBMITS, () -> held.contains(account)),
                        limiter(LONGEST_PAUSE_OF_QUERIES, () -> false)));
    }

    private RateLimiter limiter(Duration longestPause, BooleanSupplier isHeld) {
        return new RateLimiter(clock, timers, pool, longestPause, isHeld, this::resizePool);
    }

    /**
     * Gives the submits of these accounts no permit until they are no longer among them. They keep their order.
     *
     * @param accounts all accounts whose submits are held
     */
    public void holdSubmitsOf(Set<String> accounts) {
        Set<String> before = held;
        held = Set.copyOf(accounts);
        byPayer.forEach((payer, limiter) -> {
            if (before.contains(payer.account())) {
                limiter.submits().dispatch();
            }
        });
    }

    private void resizePool() {
        poolSize.accept(byPayer.values().stream()
                .mapToInt(account ->
                        account.submits().concurrencyLimit() + account.queries().concurrencyLimit())
                .sum());
    }

    /**
     * Removes the queued queries that exchanges wait for.
     *
     * @return their calls, which the caller has to run so that the exchanges end
     */
    public List<Runnable> cancelRouteQueries() {
        return byPayer.values().stream()
                .flatMap(account -> account.queries().removeAll(QueryLane.ROUTES).stream())
                .toList();
    }
}
