package io.github.camelsora.crash;

import static org.awaitility.Awaitility.await;

import io.github.camelsora.crash.DeliveryJournal.Entry;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.SimulatedTask;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.VideoFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** What outlives the nodes of a test: a simulator, a broker, a ledger and the journals of deliveries. */
final class Scenario implements AutoCloseable {
    /** How long a test waits for a node. Only a failing test waits so long. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration FILE_LEASE = Duration.ofSeconds(3);
    private static final Duration FILE_POLL = Duration.ofMillis(500);
    private static final int BYTES_OF_A_VIDEO = 2_000;
    private static final int REQUESTS_KEPT = 5_000;

    private final SimulatorClock clock = SimulatorClock.real();
    private final ToApisSimulator simulator;
    private final Broker broker = new Broker();
    private final NodeJournals journals = new NodeJournals();
    private final List<Node> nodes = new ArrayList<>();
    private final List<NodeOutage> outages = new ArrayList<>();
    private final Path folder;
    private final Function<String, Duration> durations;
    private final Set<String> undelivered = new HashSet<>();
    private final NodeOptions commonOptions;

    private Scenario(
            String name,
            String sharedLedger,
            Duration lease,
            Duration poll,
            boolean canHalt,
            Function<String, Duration> durations) {
        folder = emptied(JvmFolder.resolve(name));
        simulator = ToApisSimulator.builder()
                .clock(clock)
                .requestsKept(REQUESTS_KEPT)
                .video(VideoFiles.mp4(BYTES_OF_A_VIDEO, 1))
                .start();
        this.durations = durations;
        runTasks();
        String ledger =
                sharedLedger == null ? folder.resolve("ledger").toAbsolutePath().toString() : sharedLedger;
        commonOptions =
                new NodeOptions(null, folder, ledger, simulator.baseUrl(), simulator.addSource(), lease, poll, canHalt);
    }

    /** With a ledger in a file, for one node at a time. */
    static Scenario withFile(String name, Function<String, Duration> durations) {
        return new Scenario(name, null, FILE_LEASE, FILE_POLL, false, durations);
    }

    /** With a ledger in a file, for one node at a time, and with threads that can be halted at a {@link KillPoint}. */
    static Scenario withHaltingFile(String name, Function<String, Duration> durations) {
        return new Scenario(name, null, FILE_LEASE, FILE_POLL, true, durations);
    }

    /** With a ledger in a database, for several nodes. */
    static Scenario withDatabase(
            String name, String url, Duration lease, Duration poll, Function<String, Duration> durations) {
        return new Scenario(name, url, lease, poll, false, durations);
    }

    private static Path emptied(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ToApisSimulator simulator() {
        return simulator;
    }

    Broker broker() {
        return broker;
    }

    NodeJournals journals() {
        return journals;
    }

    List<NodeOutage> outages() {
        return outages;
    }

    Path folder() {
        return folder;
    }

    /** The path of the ledger's file without its suffix, or its JDBC URL. */
    String ledger() {
        return commonOptions.ledger();
    }

    /** Starts one more node. */
    Node start() {
        try {
            return start(ClassDataSharing.options());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Node start(List<String> jvmOptions) {
        NodeOptions named = commonOptions.named("node-" + (nodes.size() + 1));
        journals.add(named.journal());
        Node node = Node.start(named, jvmOptions, broker);
        nodes.add(node);
        return node;
    }

    /** Kills a node, and returns its exit code. */
    int kill(Node node) {
        long from = System.currentTimeMillis();
        int code = node.kill();
        outages.add(new NodeOutage(node.options().name(), from, System.currentTimeMillis(), 0));
        return code;
    }

    /**
     * Freezes a node while an action runs.
     *
     * @param node the node
     * @param action runs between the freeze and the resume
     */
    void freeze(Node node, Runnable action) {
        long from = System.currentTimeMillis();
        node.freeze();
        long until = System.currentTimeMillis();
        action.run();
        long resumedAt = System.currentTimeMillis();
        node.resume();
        outages.add(new NodeOutage(node.options().name(), from, until, resumedAt));
    }

    /** From now on new tasks run for the duration that the test has chosen for their key. */
    void runTasks() {
        simulator.taskDuration(request ->
                durations.apply(RemixMessage.keyOf(request.path("prompt").textValue())));
    }

    /** Ends all running tasks now, and new ones when they are accepted, until {@link #runTasks}. */
    void endAllTasks() {
        simulator.taskDuration(Duration.ZERO);
        clock.advance(Duration.ofHours(2));
    }

    /** Runs an action, and waits until the simulator has accepted so many more submits. */
    void awaitAccepted(int count, Runnable action) {
        long before = simulator.books().submitsAccepted();
        action.run();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> simulator.books().submitsAccepted() >= before + count);
    }

    /** Waits until the results of so many keys are delivered. */
    void awaitDelivered(int count) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> journals.deliveredCount() >= count);
    }

    /** The key of the task whose id is in the path of a request; an empty string if there is none. */
    String keyOfTask(ReceivedRequest request) {
        return simulator.tasks().stream()
                .filter(task -> request.path().contains(task.id()) && task.clientBusinessId() != null)
                .map(SimulatedTask::clientBusinessId)
                .map(WireKey::userKey)
                .findFirst()
                .orElse("");
    }

    /** Waits until each accepted task is delivered and each message is confirmed or a dead letter. */
    void awaitAllDelivered() {
        try {
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> open().isEmpty() && acceptedUndelivered().isEmpty());
        } catch (ConditionTimeoutException e) {
            Optional<LedgerRows> rows =
                    commonOptions.isShared() ? Optional.of(LedgerRows.of(ledger())) : Optional.empty();
            Set<String> left = open();
            left.addAll(acceptedUndelivered());
            throw new AssertionError(new InvariantCheck(this, rows).describe(left), e);
        }
    }

    /** The keys of messages that are not confirmed, or whose result is not delivered. */
    Set<String> open() {
        undelivered.addAll(broker.drainSent());
        undelivered.removeAll(broker.deadLetters().keySet());
        undelivered.retainAll(journals.undelivered(undelivered));
        Set<String> open = new HashSet<>(undelivered);
        open.addAll(broker.unconfirmed());
        return open;
    }

    private Set<String> acceptedUndelivered() {
        return journals.undelivered(acceptedKeys());
    }

    /** The keys of all accepted submits. */
    Set<String> acceptedKeys() {
        return simulator.books().acceptedByKey().keySet();
    }

    /** The time from the start of a node to the last delivery of these keys; empty if none was delivered. */
    Optional<Duration> recoveryTime(Node node, Set<String> keys) {
        return journals.all().stream()
                .filter(entry -> entry.doneAt() >= node.startedAt() && keys.contains(entry.key()))
                .map(Entry::doneAt)
                .max(Comparator.naturalOrder())
                .map(last -> Duration.ofMillis(last - node.startedAt()));
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        simulator.close();
    }
}
