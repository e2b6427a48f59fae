package io.github.camelsora.crash;

import static org.awaitility.Awaitility.await;

import io.github.camelsora.crash.Journal.Entry;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.SimulatedTask;
import io.github.camelsora.simulator.SimulatorClock;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.Videos;
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

/** A service, a broker and a ledger, which outlive the nodes that work between them. */
final class Stage implements AutoCloseable {
    /** How long a test waits for what nodes do. Never reached when all is well. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration FILE_LEASE = Duration.ofSeconds(3);
    private static final Duration FILE_POLL = Duration.ofMillis(500);
    private static final Path ROOT = Path.of("target", "crash" + System.getProperty("surefire.forkNumber", ""));
    private static final int BYTES_OF_A_VIDEO = 2_000;
    private static final int REQUESTS_KEPT = 1_000;

    private final SimulatorClock clock = SimulatorClock.real();
    private final ToApisSimulator service;
    private final Broker broker = new Broker();
    private final Takings takings = new Takings();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final Path folder;
    private final Function<String, Duration> durations;
    private final Set<String> undecided = new HashSet<>();
    private final NodeOptions pattern;

    private Stage(
            String name,
            String sharedLedger,
            Duration lease,
            Duration poll,
            boolean canHalt,
            Function<String, Duration> durations) {
        folder = emptied(ROOT.resolve(name));
        service = ToApisSimulator.builder()
                .clock(clock)
                .requestsKept(REQUESTS_KEPT)
                .video(Videos.mp4(BYTES_OF_A_VIDEO, 1))
                .start();
        this.durations = durations;
        letTasksRun();
        String ledger =
                sharedLedger == null ? folder.resolve("ledger").toAbsolutePath().toString() : sharedLedger;
        pattern = new NodeOptions(null, folder, ledger, service.baseUrl(), service.addSource(), lease, poll, canHalt);
    }

    /** With a ledger in a file, for one node at a time. */
    static Stage withFile(String name, Function<String, Duration> durations) {
        return new Stage(name, null, FILE_LEASE, FILE_POLL, false, durations);
    }

    /** With a ledger in a file, for one node at a time of which a thread can be halted. */
    static Stage withHaltingFile(String name, Function<String, Duration> durations) {
        return new Stage(name, null, FILE_LEASE, FILE_POLL, true, durations);
    }

    /** With a ledger in a database, for several nodes. */
    static Stage withDatabase(
            String name, String url, Duration lease, Duration poll, Function<String, Duration> durations) {
        return new Stage(name, url, lease, poll, false, durations);
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

    ToApisSimulator service() {
        return service;
    }

    Broker broker() {
        return broker;
    }

    Takings takings() {
        return takings;
    }

    List<Outage> outages() {
        return outages;
    }

    Path folder() {
        return folder;
    }

    /** The file of the ledger without its suffix, or its URL. */
    String ledger() {
        return pattern.ledger();
    }

    /** Starts one more node. */
    Node start() {
        try {
            return start(FastStart.options());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Node start(List<String> jvmOptions) {
        NodeOptions named = pattern.named("node-" + (nodes.size() + 1));
        takings.add(named.journal());
        Node node = Node.start(named, jvmOptions, broker);
        nodes.add(node);
        return node;
    }

    /** Kills a node, and answers its exit code. */
    int kill(Node node) {
        long from = System.currentTimeMillis();
        int code = node.kill();
        outages.add(new Outage(node.options().name(), from, System.currentTimeMillis(), 0));
        return code;
    }

    /**
     * Freezes a node while something is done.
     *
     * @param node the node
     * @param action what is done
     */
    void freeze(Node node, Runnable action) {
        long from = System.currentTimeMillis();
        node.freeze();
        long until = System.currentTimeMillis();
        action.run();
        long thawedAt = System.currentTimeMillis();
        node.thaw();
        outages.add(new Outage(node.options().name(), from, until, thawedAt));
    }

    /** New tasks take their time. */
    void letTasksRun() {
        service.taskDuration(
                request -> durations.apply(Message.keyOf(request.path("prompt").textValue())));
    }

    /** All running tasks end now, and new ones at once, until they are let run again. */
    void endAllTasks() {
        service.taskDuration(Duration.ZERO);
        clock.advance(Duration.ofHours(2));
    }

    /** Waits until the service has accepted so many requests more than before an action. */
    void awaitAccepted(int count, Runnable action) {
        long before = service.books().submitsAccepted();
        action.run();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> service.books().submitsAccepted() >= before + count);
    }

    /** Waits until routes have taken so many tasks. */
    void awaitTaken(int count) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> takings.results() >= count);
    }

    /** The key of the task whose id stands in the path of a request; empty when there is none. */
    String keyOfTask(ReceivedRequest request) {
        return service.tasks().stream()
                .filter(task -> request.path().contains(task.id()) && task.clientBusinessId() != null)
                .map(SimulatedTask::clientBusinessId)
                .map(WireKey::userKey)
                .findFirst()
                .orElse("");
    }

    /** Waits until routes have taken what there is to take, and all messages are answered. */
    void awaitAllTaken() {
        try {
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> open().isEmpty() && acceptedAndOpen().isEmpty());
        } catch (ConditionTimeoutException e) {
            Optional<LedgerRows> rows = pattern.isShared() ? Optional.of(LedgerRows.of(ledger())) : Optional.empty();
            Set<String> left = open();
            left.addAll(acceptedAndOpen());
            throw new AssertionError(new Reckoning(this, rows).about(left), e);
        }
    }

    /** The keys of messages that are not answered, or whose task no route has taken. */
    Set<String> open() {
        undecided.addAll(broker.takeSent());
        undecided.removeAll(broker.deadLetters().keySet());
        undecided.retainAll(takings.withoutResult(undecided));
        Set<String> open = new HashSet<>(undecided);
        open.addAll(broker.unconfirmed());
        return open;
    }

    private Set<String> acceptedAndOpen() {
        return takings.withoutResult(acceptedKeys());
    }

    /** The keys of what the service has accepted. */
    Set<String> acceptedKeys() {
        return service.books().acceptedByKey().keySet();
    }

    /** How long it took from the start of a node until the last of some tasks was taken. */
    Optional<Duration> recovery(Node node, Set<String> keys) {
        return takings.all().stream()
                .filter(entry -> entry.takenAt() >= node.startedAt() && keys.contains(entry.key()))
                .map(Entry::takenAt)
                .max(Comparator.naturalOrder())
                .map(last -> Duration.ofMillis(last - node.startedAt()));
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        service.close();
    }
}
