package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.internal.cluster.CompletionSync;
import io.github.camelsora.internal.cluster.FailoverService;
import io.github.camelsora.internal.cluster.Housekeeper;
import io.github.camelsora.internal.deliver.DeliveryDispatcher;
import io.github.camelsora.internal.ledger.ChangeObserver;
import io.github.camelsora.internal.ledger.LedgerRetries;
import io.github.camelsora.internal.ledger.LedgerWriter;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.operator.Adoption;
import io.github.camelsora.internal.operator.OperatorRetry;
import io.github.camelsora.internal.operator.OperatorService;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.internal.poll.LateAddress;
import io.github.camelsora.internal.poll.LostPollDetector;
import io.github.camelsora.internal.poll.PollAnswerHandler;
import io.github.camelsora.internal.poll.PollScheduler;
import io.github.camelsora.internal.poll.PollTimes;
import io.github.camelsora.internal.poll.StatusQueries;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.poll.learned.ExpectedEnds;
import io.github.camelsora.internal.poll.schedule.WebhookReliability;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.recovery.LostSubmitRecovery;
import io.github.camelsora.internal.recovery.TaskImporter;
import io.github.camelsora.internal.service.RateLimitedClient;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.submit.SubmitService;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.trace.TaskSpans;
import io.github.camelsora.internal.track.AcceptanceHandler;
import io.github.camelsora.internal.track.AdoptionRevocation;
import io.github.camelsora.internal.track.ClaimReleases;
import io.github.camelsora.internal.track.CompletionHandler;
import io.github.camelsora.internal.track.DeliveryNotifier;
import io.github.camelsora.internal.track.ImportedTasks;
import io.github.camelsora.internal.track.LeaseLossHandler;
import io.github.camelsora.internal.track.RoutePhase;
import io.github.camelsora.internal.track.ShutdownHandler;
import io.github.camelsora.internal.track.TaskEntries;
import io.github.camelsora.internal.track.TaskIdentity;
import io.github.camelsora.internal.track.TaskRegistry;
import io.github.camelsora.internal.track.WaitFailures;
import io.github.camelsora.internal.track.WaitTimeouts;
import io.github.camelsora.internal.track.WebhookCompletionReceiver;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Wires the components that work on the tasks of one ledger in this JVM. It decides nothing, starts no thread, and does not use
 * Camel, so tests can run the same engine in their own thread. Each component is created after the ones that it uses.
 */
public final class TaskEngine {
    private final TaskLedger ledger;
    private final NodeLease lease;
    private final TimerQueue timers;
    private final DeliveryNotifier notifier;
    private final ShutdownHandler shutdown;

    public final AccountPauses pauses;
    public final WebhookReliability.ByAccount webhooks;
    public final RateLimitedClient queries;
    public final TaskEntries entries;
    public final RoutePhase phase = new RoutePhase();
    public final TaskRegistry registry;
    public final ExpectedEnds expectedEnds;
    public final CompletionHandler completions;
    public final StatusQueries statusQueries;
    public final PollScheduler polls;
    public final LostPollDetector lostPolls;
    public final WebhookCompletionReceiver webhookCompletions;
    public final LostSubmitRecovery recovery;
    public final TaskImporter importer;
    public final DeliveryDispatcher deliveries;
    public final SubmitService submits;
    public final OperatorService operator;
    public final FailoverService failover;
    public final LeaseLossHandler leaseLoss;

    /**
     * Wires it.
     *
     * @param ledger the ledger
     * @param lease this node's lease in it
     * @param timers where all waiting is
     * @param http where calls to the service and the ledger run
     * @param routes where waiters are notified
     * @param notifier the consumers of this JVM
     * @param listener the user's listener
     * @param recordsHistory whether the ledger is to keep a history
     * @param observer is notified of changes of tasks
     * @param meters measure what is done
     * @param history how long tasks have taken
     * @param rateLimiters the rate limiters of the accounts
     * @param problem why a task that is paid for now could not be followed; nothing is sent until that is empty
     * @param spans traces calls to the service
     */
    public TaskEngine(
            TaskLedger ledger,
            NodeLease lease,
            TimerQueue timers,
            Executor http,
            Executor routes,
            DeliveryNotifier notifier,
            TaskListener listener,
            boolean recordsHistory,
            ChangeObserver observer,
            Meters meters,
            DurationHistory history,
            RateLimiters rateLimiters,
            Supplier<Optional<String>> problem,
            TaskSpans spans) {
        this.ledger = ledger;
        this.lease = lease;
        this.timers = timers;
        this.notifier = notifier;
        LedgerWriter writer = new LedgerWriter(ledger, lease.node(), recordsHistory, meters.and(observer));
        RetryingExecutor executor = new RetryingExecutor(ledger::now, timers, http);
        LedgerRetries retries = new LedgerRetries(executor);
        webhooks = new WebhookReliability.ByAccount();
        pauses = new AccountPauses(ledger, lease, rateLimiters, executor, recordsHistory);
        queries = new RateLimitedClient(rateLimiters, pauses, spans, meters);

        entries = new TaskEntries();
        shutdown = new ShutdownHandler(entries, phase, ledger.isDurable());
        WaitTimeouts timeouts = new WaitTimeouts(ledger::now, timers, executor);
        ClaimReleases releases = new ClaimReleases(entries, writer, retries, notifier);
        registry = new TaskRegistry(entries, lease, releases, timeouts, shutdown, phase, routes);
        WaitFailures failures = new WaitFailures(entries, ledger);
        TaskIdentity identity = new TaskIdentity(ledger, entries);
        AdoptionRevocation adoptions = new AdoptionRevocation(ledger, writer, failures);
        ImportedTasks imports = new ImportedTasks(ledger, writer, lease.node(), registry, failures, adoptions);
        expectedEnds = new ExpectedEnds(history, ledger::now);
        completions = new CompletionHandler(entries, writer, lease, notifier, listener, expectedEnds, webhooks);
        AcceptanceHandler acceptances = new AcceptanceHandler(entries, writer, completions, timeouts, shutdown);
        webhookCompletions = new WebhookCompletionReceiver(ledger, entries, completions, identity, imports);
        leaseLoss = new LeaseLossHandler(entries, writer, lease);

        statusQueries = new StatusQueries(ledger, queries, identity, completions, expectedEnds);
        PollTimes times = new PollTimes(ledger::now, webhooks);
        PollAnswerHandler answers = new PollAnswerHandler(ledger::now, times, identity, imports, completions, meters);
        LateAddress lateAddresses = new LateAddress(ledger, queries, identity, completions, failures);
        polls = new PollScheduler(
                ledger, timers, queries, times, answers, acceptances, completions, lateAddresses, retries);
        lostPolls = new LostPollDetector(polls, queries);

        recovery = new LostSubmitRecovery(
                ledger, lease, writer, timers, retries, queries, registry, failures, phase, polls, identity, imports);
        importer = new TaskImporter(ledger, writer, lease.node(), registry, polls);
        deliveries = new DeliveryDispatcher(ledger, writer, lease, registry, recovery, meters);
        submits = new SubmitService(
                ledger, lease, writer, registry, failures, polls, identity, adoptions, queries, recovery, timers,
                executor, retries, phase, pauses, problem, meters);
        operator = new OperatorService(
                ledger,
                writer,
                failures,
                notifier,
                submits,
                new OperatorRetry(ledger, writer, failures, statusQueries, submits),
                new Adoption(ledger, statusQueries, identity, imports, polls));
        failover = new FailoverService(ledger, writer, lease.node(), registry, polls, recovery, notifier);
    }

    /**
     * Wires what is done periodically.
     *
     * @param own a thread of its own
     * @param services the services at which this node can follow tasks
     * @param keepDelivered how long what was delivered is kept
     */
    public Housekeeper housekeeper(
            Executor own, Supplier<Collection<ServiceProfile>> services, Duration keepDelivered) {
        return new Housekeeper(
                ledger,
                lease,
                pauses,
                failover,
                leaseLoss,
                lostPolls,
                phase,
                notifier,
                timers,
                own,
                services,
                keepDelivered);
    }

    /**
     * Wires what sees the completions that other nodes have recorded.
     *
     * @param own a thread that may wait for the ledger
     */
    public CompletionSync completionSync(Executor own) {
        return new CompletionSync(ledger, lease, entries, polls, timers, own);
    }

    /** The {@link #phase} has changed: fails what is not submitted yet, and ends all waits. */
    public void endWaits() {
        submits.failQueued();
        shutdown.endWaits(submits::isSending);
    }
}
