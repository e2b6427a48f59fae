package io.github.camelsora.internal.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The thread pools of the component, created and managed by Camel. Queues are unbounded, because the queued work belongs to
 * tasks that were paid for; idle threads end. A user changes a pool by registering a {@link ThreadPoolProfile} with its name.
 */
public final class ThreadPools {
    /** The number of threads until it is known how long calls take. */
    public static final int HTTP_THREADS = 6;

    /** The largest number of threads, however long calls take. */
    static final int MOST_HTTP_THREADS = 128;

    static final int ROUTE_THREADS = 4;

    private final ExecutorServiceManager manager;
    private final ExecutorService timers;
    private final ExecutorService http;
    private final ExecutorService routes;
    private final ExecutorService downloads;
    private final ExecutorService housekeeping;

    ThreadPools(CamelContext context, Object source, int downloadThreads) {
        manager = context.getExecutorServiceManager();
        timers = newPool(source, "SoraTicker", 1);
        http = newPool(source, "SoraHttp", HTTP_THREADS);
        routes = newPool(source, "SoraRoute", ROUTE_THREADS);
        downloads = newPool(source, "SoraDownload", downloadThreads);
        housekeeping = newPool(source, "SoraLease", 1);
    }

    private ExecutorService newPool(Object source, String name, int threads) {
        ThreadPoolProfile own = manager.getThreadPoolProfile(name);
        if (own != null && own.getRejectedPolicy() == null) {
            // Camel's default policy silently drops tasks that come after the shutdown, so their exchanges would not
            // end.
            own.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        }
        return manager.newThreadPool(source, name, own != null ? own : profile(name, threads));
    }

    private static ThreadPoolProfile profile(String name, int threads) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        // Not -1 or 0, for which Camel creates no queue.
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setKeepAliveTime(10L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Sets the number of HTTP threads to how many calls may be in flight. A pool with a user's own profile stays as it is. */
    void sizeHttp(int calls) {
        boolean isOurs = manager.getThreadPoolProfile("SoraHttp") == null;
        if (isOurs && http instanceof ThreadPoolExecutor pool) {
            int threads = Math.max(HTTP_THREADS, Math.min(MOST_HTTP_THREADS, calls));
            synchronized (this) {
                // In this order, because the core size must never be larger than the maximum.
                if (threads > pool.getMaximumPoolSize()) {
                    pool.setMaximumPoolSize(threads);
                    pool.setCorePoolSize(threads);
                } else {
                    pool.setCorePoolSize(threads);
                    pool.setMaximumPoolSize(threads);
                }
            }
        }
    }

    /** The one thread of the timers. */
    ExecutorService timers() {
        return timers;
    }

    /** Calls to the service. */
    public ExecutorService http() {
        return http;
    }

    /** Runs exchanges that are resumed after a wait. */
    public ExecutorService routes() {
        return routes;
    }

    /** Downloads. */
    public ExecutorService downloads() {
        return downloads;
    }

    /** The one thread of housekeeping: a lease that is renewed late is lost. */
    public ExecutorService housekeeping() {
        return housekeeping;
    }

    /** A pool for one consumer of tasks, which shuts it down. */
    public ExecutorService newTasksPool(Object consumer, int threads) {
        return newPool(consumer, "SoraTasks", threads);
    }

    /** A pool for one consumer of webhook events, which shuts it down. */
    public ExecutorService newNoticesPool(Object consumer, int threads) {
        return newPool(consumer, "SoraNotice", threads);
    }

    /**
     * Shuts down all pools. Running work is interrupted, since its record is in the ledger, unless a submit is being sent: its
     * answer contains the task id.
     *
     * @return the queued actions that were not started
     */
    List<Runnable> stop(boolean isSending) {
        List<Runnable> queued = new ArrayList<>();
        manager.shutdownNow(timers);
        manager.shutdownGraceful(housekeeping);
        if (isSending) {
            manager.shutdownGraceful(http);
        } else {
            queued.addAll(manager.shutdownNow(http));
        }
        queued.addAll(manager.shutdownNow(downloads));
        manager.shutdownGraceful(routes);
        return queued;
    }
}
