package io.github.camelsora.internal.camel.download;

import io.github.camelsora.internal.time.Retry;
import io.github.camelsora.internal.time.TimerQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Where downloads wait, for one of few threads or for their next try, without one. */
public final class DownloadExecutor {
    private static final Duration UNTIL_NEXT_THREAD = Duration.ofSeconds(1);

    private final ExecutorService threads;
    private final TimerQueue timers;
    private final InstantSource clock;
    private final Set<DownloadJob> waiting = new HashSet<>();
    private final Set<DownloadJob> running = new HashSet<>();
    private boolean isStopped;

    public DownloadExecutor(ExecutorService threads, TimerQueue timers, InstantSource clock) {
        this.threads = threads;
        this.timers = timers;
        this.clock = clock;
    }

    /** Has a download try when its turn comes. */
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
            // The system has no thread left for the moment, or a pool of the user's has failed.
            if (unregister(download)) {
                schedule(download, UNTIL_NEXT_THREAD);
            }
        }
    }

    private void run(DownloadJob download) {
        if (download.attempt()) {
            synchronized (this) {
                running.remove(download);
            }
        } else {
            // An exchange waits for it, and nothing else would have it try again.
            Retry.untilDone(() -> schedule(download, download.pause()));
        }
    }

    private void schedule(DownloadJob download, Duration pause) {
        if (register(download)) {
            try {
                timers.schedule(clock.instant().plus(pause), new NextAttempt(download));
            } catch (Throwable e) {
                // Nobody else is to find it, since the caller tries again.
                unregister(download);
                throw e;
            }
        }
    }

    /** What happens when a pause is over. It may be run again when it breaks off. */
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
            if (!isStopped && !download.isRetryForbidden()) {
                waiting.add(download);
                return true;
            }
        }
        download.cancel();
        return false;
    }

    private synchronized boolean start(DownloadJob download) {
        boolean isOurs = unregister(download);
        if (isOurs) {
            running.add(download);
        }
        return isOurs;
    }

    /** True for the one who takes it out. */
    private synchronized boolean unregister(DownloadJob download) {
        return waiting.remove(download);
    }

    /** How many wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Ends what waits in a route that stops; what has a thread ends when it breaks. */
    public void cancelInRoute(String routeId) {
        List<DownloadJob> left;
        synchronized (this) {
            left = waiting.stream().filter(download -> download.isIn(routeId)).toList();
            left.forEach(waiting::remove);
            running.stream().filter(download -> download.isIn(routeId)).forEach(DownloadJob::forbidRetry);
        }
        left.forEach(DownloadJob::cancel);
    }

    /** Takes downloads again. */
    public synchronized void resume() {
        isStopped = false;
    }

    /** Ends all that wait; what has a thread ends when it breaks, or with its connection. */
    public void stop() {
        List<DownloadJob> left;
        synchronized (this) {
            isStopped = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(DownloadJob::cancel);
    }
}
