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
 * The threads of the component, made and watched by Camel. Queues are unbounded, since what waits in them was paid for;
 * threads come with work and go without. A user who wants other sizes registers a {@link ThreadPoolProfile} by the name of
 * a pool.
 */
public final class ThreadPools {
    /** Until it is known how long calls take. */
    public static final int HTTP_THREADS = 6;

    /** However long they take. */
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
            // Camel's default drops in silence what comes after the end, and nobody would hear of it.
            own.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        }
        return manager.newThreadPool(source, name, own != null ? own : profile(name, threads));
    }

    private static ThreadPoolProfile profile(String name, int threads) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        // Not -1 or 0, of which Camel makes no queue at all.
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setKeepAliveTime(10L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Has as many threads for calls as there may be calls under way. A user's own profile stays as it is. */
    void sizeHttp(int calls) {
        boolean isOurs = manager.getThreadPoolProfile("SoraHttp") == null;
        if (isOurs && http instanceof ThreadPoolExecutor pool) {
            int threads = Math.max(HTTP_THREADS, Math.min(MOST_HTTP_THREADS, calls));
            synchronized (this) {
                // Never a core that is larger than the maximum, not even for a moment.
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

    /** The one thread that waits. */
    ExecutorService timers() {
        return timers;
    }

    /** Calls to the service. */
    public ExecutorService http() {
        return http;
    }

    /** Routes that go on after a wait. */
    public ExecutorService routes() {
        return routes;
    }

    /** Downloads. */
    public ExecutorService downloads() {
        return downloads;
    }

    /** The one thread that looks after the ledger: a lease that is renewed late is lost. */
    public ExecutorService housekeeping() {
        return housekeeping;
    }

    /** The threads of one route that takes tasks, which ends them. */
    public ExecutorService newTasksPool(Object consumer, int threads) {
        return newPool(consumer, "SoraTasks", threads);
    }

    /** The threads of one route that sees events, which ends them. */
    public ExecutorService newNoticesPool(Object consumer, int threads) {
        return newPool(consumer, "SoraNotice", threads);
    }

    /**
     * Ends all threads. What is under way is cut off, since its record is in the ledger, except for a paid request that is on
     * its way: its answer brings the id.
     *
     * @return what has not begun
     */
    List<Runnable> stop(boolean isSending) {
        List<Runnable> left = new ArrayList<>();
        manager.shutdownNow(timers);
        manager.shutdownGraceful(housekeeping);
        if (isSending) {
            manager.shutdownGraceful(http);
        } else {
            left.addAll(manager.shutdownNow(http));
        }
        left.addAll(manager.shutdownNow(downloads));
        manager.shutdownGraceful(routes);
        return left;
    }
}
