package io.github.camelsora.internal.camel.download;

import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.RoutePhase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Runs downloads on a bounded pool. A download that waits for a thread or for its next attempt holds no thread. */
public final class DownloadExecutor {
    private static final Duration THREAD_RETRY_DELAY = Duration.ofSeconds(1);

    private final ExecutorService threads;
    private final TimerQueue timers;
    private final InstantSource clock;
    private final RoutePhase phase;
    private final Set<DownloadJob> waiting = new HashSet<>();
    private final Set<DownloadJob> running = new HashSet<>();

    public DownloadExecutor(ExecutorService threads, TimerQueue timers, InstantSource clock, RoutePhase phase) {
        this.threads = threads;
        this.timers = timers;
        this.clock = clock;
        this.phase = phase;
    }

    /** Queues a download for its next attempt. */
    void submit(DownloadJob download) {
        if (!register(download)) {
            return;
        }
        try {
            threads.execute(() -> {
                if (start(download)) {
                    run(download);
                }
            });
        } catch (RejectedExecutionException e) {
            if (unregister(download)) {
                download.cancel();
            }
        } catch (Throwable e) {
            // The system has no thread left, or a user's pool has failed: try again later.
            if (unregister(download)) {
                schedule(download, THREAD_RETRY_DELAY);
            }
        }
    }

    private void run(DownloadJob download) {
        if (download.attempt()) {
            synchronized (this) {
                running.remove(download);
            }
        } else {
            // An exchange waits for the download, and nothing else would start the next attempt.
            Retry.untilDone(() -> schedule(download, download.pause()));
        }
    }

    private void schedule(DownloadJob download, Duration pause) {
        if (register(download)) {
            try {
                timers.schedule(clock.instant().plus(pause), new NextAttempt(download));
            } catch (Throwable e) {
                // The caller tries again, so a stop must not find it here.
                unregister(download);
                throw e;
            }
        }
    }

    /** Runs when a pause is over. The timer may run it again after an error. */
    private final class NextAttempt implements Runnable {
        private final DownloadJob download;
        private boolean isUnregistered;

        NextAttempt(DownloadJob download) {
            this.download = download;
        }

        @Override
        public void run() {
            isUnregistered = isUnregistered || unregister(download);
            if (isUnregistered) {
                submit(download);
            }
        }
    }

    private boolean register(DownloadJob download) {
        synchronized (this) {
            running.remove(download);
            if (!phase.isSuspendedOrStopped() && !download.isRetryForbidden()) {
                waiting.add(download);
                return true;
            }
        }
        download.cancel();
        return false;
    }

    private synchronized boolean start(DownloadJob download) {
        boolean isRegistered = unregister(download);
        if (isRegistered) {
            running.add(download);
        }
        return isRegistered;
    }

    /** True for the one caller that removes it. */
    private synchronized boolean unregister(DownloadJob download) {
        return waiting.remove(download);
    }

    /** The number of waiting downloads. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Cancels the waiting downloads of a route that stops; running ones continue, but are not retried. */
    public void cancelInRoute(String routeId) {
        List<DownloadJob> left;
        synchronized (this) {
            left = waiting.stream().filter(download -> download.isIn(routeId)).toList();
            left.forEach(waiting::remove);
            running.stream().filter(download -> download.isIn(routeId)).forEach(DownloadJob::forbidRetry);
        }
        left.forEach(DownloadJob::cancel);
    }

    /**
     * Cancels all waiting downloads, because the routes stop or are suspended; running ones end when they fail or their
     * connection is closed.
     */
    public void cancelWaiting() {
        List<DownloadJob> left;
        synchronized (this) {
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(DownloadJob::cancel);
    }
}
