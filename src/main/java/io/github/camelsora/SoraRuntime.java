package io.github.camelsora;

import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.download.TemporaryFolders;
import io.github.camelsora.pace.Paces;
import io.github.camelsora.task.Caretaker;
import io.github.camelsora.task.Deliveries;
import io.github.camelsora.task.DeliveryBell;
import io.github.camelsora.task.EndHistory;
import io.github.camelsora.task.EndWatch;
import io.github.camelsora.task.Foreign;
import io.github.camelsora.task.ForeignTasks;
import io.github.camelsora.task.LedgerFileWatch;
import io.github.camelsora.task.Liveness;
import io.github.camelsora.task.NodeLease;
import io.github.camelsora.task.Pushes;
import io.github.camelsora.task.Recovery;
import io.github.camelsora.task.RestoringLedger;
import io.github.camelsora.task.Service;
import io.github.camelsora.task.Submitter;
import io.github.camelsora.task.TaskOperator;
import io.github.camelsora.task.TaskTracker;
import io.github.camelsora.task.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.util.InetAddressUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs from the start of a component to its stop: threads, connections, and all that works on the ledger. */
final class SoraRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(SoraRuntime.class);

    private final TaskLedger ledger;
    private final EndHistory history;
    private final SoraPools pools;
    private final RoutePool routes;
    private final SoraHttpClients httpClients;
    private final Ticker ticker;
    private final NodeLease lease;
    private final Liveness liveness;
    private final LedgerFileWatch ledgerFile;
    private final Paces paces;
    private final TaskTracker tracker;
    private final Submitter submitter;
    private final ForeignTasks foreignTasks;
    private final Deliveries deliveries;
    private final Pushes pushes;
    private final EndWatch endWatch;
    private final TaskOperator operator;
    private final Caretaker caretaker;
    private final DownloadQueue downloads;
    private final TemporaryFolders temporaryFolders = new TemporaryFolders();
    private volatile boolean isParked;
    private boolean isStopping;

    SoraRuntime(
            CamelContext context,
            Object source,
            int maxConcurrentDownloads,
            TaskLedger bare,
            EndHistory history,
            DeliveryBell bell,
            TaskListener listener,
            Duration leaseDuration,
            Duration keepDelivered,
            ProxyManager<String> buckets,
            LedgerFileWatch ledgerFile,
            Supplier<Collection<Service>> services) {
        // It guards against errors, too: a ledger, or its driver, may be the user's code.
        RestoringLedger ledger = new RestoringLedger(bare);
        this.ledger = ledger;
        this.history = history;
        this.ledgerFile = ledgerFile;
        String node = InetAddressUtil.getLocalHostNameSafe() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        pools = new SoraPools(context, source, maxConcurrentDownloads);
        httpClients = new SoraHttpClients(context);
        // By the ledger's clock, of which all times are.
        ticker = new Ticker(ledger::now);
        routes = new RoutePool(pools.routes(), ticker, ledger::now);
        lease = new NodeLease(ledger, node, leaseDuration);
        paces = new Paces(
                ledger::now, (when, action) -> ticker.at(when, action)::cancel, pools.http(), pools::sizeHttp, buckets);
        tracker = new TaskTracker(ledger, lease, ticker, pools.http(), routes, bell, listener, paces);
        Recovery recovery = new Recovery(ledger, lease, tracker, ticker);
        ledger.restoreFrom(tracker::remembered);
        ledger.restoreFrom(recovery::remembered);
        liveness = new Liveness(ticker, pools.ticker(), lease, this::renewLease, ledgerFile::trouble);
        submitter = new Submitter(ledger, lease, tracker, recovery, ticker, pools.http(), liveness::trouble);
        downloads = new DownloadQueue(pools.downloads(), ticker, ledger::now);
        foreignTasks = new ForeignTasks(ledger, tracker, node);
        deliveries = new Deliveries(ledger, lease, tracker, recovery);
        pushes = new Pushes(ledger, tracker);
        endWatch = new EndWatch(ledger, lease, tracker, ticker, pools.lease());
        operator = new TaskOperator(ledger, tracker, submitter);
        caretaker =
                new Caretaker(ledger, lease, tracker, recovery, bell, ticker, pools.lease(), services, keepDelivered);
        caretaker.alsoLookAfter(ledgerFile::check);
    }

    private void renewLease() {
        caretaker.look();
    }

    /** Begins to work. */
    void start() {
        // Before anything is written under its name: what a node without a lease owns is anybody's.
        lease.renew();
        ticker.start(pools.ticker());
        // Before it adopts anything, which is asked for by what was learned.
        pools.lease().execute(() -> Foreign.call("Learning from the ledger", () -> history.recall(ledger)));
        caretaker.look();
        endWatch.start();
        liveness.start();
    }

    /** Ends all waits, because the routes stop. */
    synchronized void park() {
        isStopping = true;
        isParked = true;
        submitter.park();
        // What is under way goes on until it breaks; nothing new begins.
        downloads.stop();
        tracker.park(submitter::isSending);
    }

    /**
     * Ends all waits, because the routes are suspended: Camel waits for what is in flight, and shuts down by force what takes too
     * long. Tasks are followed on, and the lease is renewed.
     */
    synchronized void suspend() {
        if (!isStopping) {
            isParked = true;
            submitter.park();
            downloads.stop();
            tracker.suspend(submitter::isSending);
        }
    }

    /** The routes are resumed. What has waited has ended; what comes from now on waits as before. */
    synchronized void resume() {
        if (!isStopping) {
            // The other way round, so that a submit that is taken can wait.
            tracker.resume();
            downloads.resume();
            submitter.resume();
            isParked = false;
        }
    }

    /** Tells whether the routes stop or are suspended. */
    boolean isParked() {
        return isParked;
    }

    /** Ends all work. What is left to do is in the ledger, for whoever comes next. */
    void stop() {
        park();
        liveness.stop();
        caretaker.stop();
        endWatch.stop();
        ticker.stop();
        List<Runnable> unanswered = pools.stop(submitter.isSending());
        routes.stop();
        httpClients.stop();
        // Exchanges wait for their ends. Without connections each fails at once, in words.
        unanswered.forEach(Runnable::run);
        paces.end().forEach(Runnable::run);
        try {
            lease.leave();
        } catch (RuntimeException e) {
            LOG.warn("The ledger could not be told that this node stops; its tasks are taken over after its lease", e);
        }
        try {
            temporaryFolders.close();
        } catch (IOException e) {
            LOG.warn("Temporary files are left to be removed by the next JVM", e);
        }
    }

    SoraPools pools() {
        return pools;
    }

    TaskLedger ledger() {
        return ledger;
    }

    LedgerFileWatch ledgerFile() {
        return ledgerFile;
    }

    Ticker ticker() {
        return ticker;
    }

    /** Where routes go on after a wait. */
    Executor routes() {
        return routes;
    }

    SoraHttpClients httpClients() {
        return httpClients;
    }

    Paces paces() {
        return paces;
    }

    TaskTracker tracker() {
        return tracker;
    }

    DownloadQueue downloads() {
        return downloads;
    }

    TemporaryFolders temporaryFolders() {
        return temporaryFolders;
    }

    Submitter submitter() {
        return submitter;
    }

    ForeignTasks foreignTasks() {
        return foreignTasks;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Pushes pushes() {
        return pushes;
    }

    TaskOperator operator() {
        return operator;
    }

    Caretaker caretaker() {
        return caretaker;
    }
}
