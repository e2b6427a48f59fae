package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.camel.RouteExecutor;
import io.github.camelsora.internal.camel.download.DownloadExecutor;
import io.github.camelsora.internal.cluster.CompletionSync;
import io.github.camelsora.internal.cluster.Housekeeper;
import io.github.camelsora.internal.cluster.LivenessCheck;
import io.github.camelsora.internal.download.TemporaryFolders;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.RestoringLedger;
import io.github.camelsora.internal.ledger.jdbc.H2FileWatch;
import io.github.camelsora.internal.metrics.LedgerFigures;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.telemetry.TracerSpans;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.time.OutageLog;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TimerQueue;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.apache.camel.util.InetAddressUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs from the start of a component to its stop: threads, connections, and all that works on the ledger. */
public final class SoraRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(SoraRuntime.class);

    private final RestoringLedger ledger;
    private final Meters meters;
    private final RuntimeFigures figures;
    private final DurationHistory history;
    private final ThreadPools pools;
    private final RouteExecutor routes;
    private final HttpClientFactory httpClients;
    private final TimerQueue timers;
    private final NodeLease lease;
    private final LivenessCheck liveness;
    private final H2FileWatch ledgerFile;
    private final RateLimiters rateLimiters;
    private final TaskEngine engine;
    private final CompletionSync completionSync;
    private final Housekeeper housekeeper;
    private final DownloadExecutor downloads;
    private final TemporaryFolders temporaryFolders = new TemporaryFolders();

    public SoraRuntime(RuntimeSettings settings) {
        // It also makes exceptions of the errors that a user's ledger, or a driver, may throw.
        ledger = new RestoringLedger(settings.ledger(), settings.meters());
        meters = settings.meters();
        history = settings.history();
        ledgerFile = settings.ledgerFile();
        String node = InetAddressUtil.getLocalHostNameSafe() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        pools = new ThreadPools(
                settings.context(), settings.source(), settings.component().maxConcurrentDownloads());
        httpClients =
                new HttpClientFactory(settings.context(), settings.component().maxConcurrentDownloads(), ledger::now);
        // All times are by the ledger's clock, because the nodes that share it compare them.
        timers = new TimerQueue(ledger::now, settings.liveness().nanoTime());
        routes = new RouteExecutor(pools.routes(), timers, ledger::now);
        lease = new NodeLease(
                ledger,
                node,
                settings.component().leaseDuration(),
                settings.liveness().nanoTime());
        rateLimiters = new RateLimiters(
                ledger::now,
                timers,
                pools.http(),
                pools::sizeHttp,
                settings.component().buckets());
        liveness = new LivenessCheck(
                timers, pools.timers(), lease, this::renewLease, ledgerFile::problem, settings.liveness());
        engine = new TaskEngine(
                ledger,
                lease,
                timers,
                pools.http(),
                routes,
                settings.notifier(),
                settings.component().listener(),
                settings.component().ledger().recordsHistory(),
                settings.observer(),
                meters,
                history,
                rateLimiters,
                liveness::problem,
                new TracerSpans(settings.context()));
        RetryingExecutor executor = new RetryingExecutor(ledger::now, timers, pools.http());
        figures = new RuntimeFigures(
                engine.submits,
                engine.pauses,
                settings.services(),
                new LedgerFigures(ledger, executor, System::nanoTime));
        ledger.restoreFrom(engine.registry::remembered);
        ledger.restoreFrom(engine.recovery::remembered);
        downloads = new DownloadExecutor(pools.downloads(), timers, ledger::now, engine.phase);
        completionSync = engine.completionSync(pools.housekeeping());
        housekeeper = engine.housekeeper(
                pools.housekeeping(), settings.services(), settings.component().keepDelivered());
        housekeeper.setFileCheck(ledgerFile::check);
    }

    private void renewLease() {
        housekeeper.trigger();
    }

    /** Begins to work. */
    public void start() {
        // First, because other nodes may take over the records of a node that has no lease.
        lease.renew();
        // Before the first submit, which may come before the first housekeeping.
        GuardedCall.run("Reading the pauses of accounts", () -> engine.pauses.refresh(List.of()));
        timers.start(pools.timers());
        // Before the first failover: the durations decide when its tasks are polled.
        pools.housekeeping().execute(() -> GuardedCall.run("Learning from the ledger", () -> history.loadFrom(ledger)));
        housekeeper.trigger();
        completionSync.start();
        liveness.start();
    }

    /** Ends all waits, because the routes stop. */
    public synchronized void endWaits() {
        engine.phase.stop();
        endWhatWaits();
    }

    /**
     * Ends all waits, because the routes are suspended: Camel waits for what is in flight, and shuts down by force what takes too
     * long. Tasks are followed on, and the lease is renewed.
     */
    public synchronized void suspend() {
        if (engine.phase.suspend()) {
            endWhatWaits();
        }
    }

    private void endWhatWaits() {
        // Downloads that are under way go on until their connection breaks; no new one begins.
        downloads.cancelWaiting();
        engine.endWaits();
    }

    /** The routes are resumed. What has waited has ended; what comes from now on waits as before. */
    public synchronized void resume() {
        engine.phase.resume();
    }

    /** Tells whether the routes stop or are suspended. */
    public boolean isSuspendedOrStopped() {
        return engine.phase.isSuspendedOrStopped();
    }

    /** Ends all work. What is left to do is in the ledger, for the next JVM. */
    public void stop() {
        endWaits();
        httpClients.closeOutages();
        liveness.stop();
        housekeeper.stop();
        completionSync.stop();
        timers.stop();
        List<Runnable> unanswered = pools.stop(engine.submits.isSending());
        routes.stop();
        httpClients.stop();
        // Exchanges wait for their ends. Without connections each fails at once, in words.
        unanswered.forEach(Runnable::run);
        rateLimiters.cancelRouteQueries().forEach(Runnable::run);
        try {
            lease.release();
        } catch (RuntimeException e) {
            LOG.warn(
                    "This node stops, and could not release its lease in the ledger; its tasks are taken over when the"
                            + " lease has run out",
                    e);
        }
        try {
            temporaryFolders.close();
        } catch (IOException e) {
            LOG.warn("Temporary files are left to be removed by the next JVM", e);
        }
    }

    public ThreadPools pools() {
        return pools;
    }

    public TaskLedger ledger() {
        return ledger;
    }

    /** The failures of calls to the ledger. */
    public OutageLog ledgerOutage() {
        return ledger.outage();
    }

    public NodeLease lease() {
        return lease;
    }

    public LivenessCheck liveness() {
        return liveness;
    }

    /** What is measured. */
    public Meters meters() {
        return meters;
    }

    /** Measures an account from now on. */
    void measure(String account) {
        meters.watch(account, figures);
    }

    public H2FileWatch ledgerFile() {
        return ledgerFile;
    }

    public TimerQueue timers() {
        return timers;
    }

    /** Where routes go on after a wait. */
    public Executor routes() {
        return routes;
    }

    public HttpClientFactory httpClients() {
        return httpClients;
    }

    public RateLimiters rateLimiters() {
        return rateLimiters;
    }

    /** What works on the tasks of the ledger. */
    public TaskEngine engine() {
        return engine;
    }

    public DownloadExecutor downloads() {
        return downloads;
    }

    public TemporaryFolders temporaryFolders() {
        return temporaryFolders;
    }

    public Housekeeper housekeeper() {
        return housekeeper;
    }
}
