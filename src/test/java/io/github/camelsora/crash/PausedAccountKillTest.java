package io.github.camelsora.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.SimulatedTask;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.support.Postgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes share a ledger in PostgreSQL when the service rejects one submit because of the account or its key. The node that
 * received the answer is killed at once, and of four a second one later; a new node starts in place of each. A third one is
 * frozen from before the answer until all others obey the pause. All get new messages all the time.
 */
class PausedAccountKillTest {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofSeconds(3);
    /** After a node obeys a pause, a POST may still arrive that had begun. Long, because the machine may be busy. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(1);

    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(100);
    private static final int BEFORE = 40;
    private static final String REJECTED = "rejected";
    private static final String TO_STARTED_NODES = "started-";

    private final DataSource database = Postgres.freshDatabase();
    private final TaskLedger ledger = JdbcTaskLedger.on(database, true);
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Node> startedLater = new HashSet<>();
    private Scenario scenario;
    private int messages;

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void afterALackOfCreditsNoPostStartsOnAnyAndDeliveriesGoOn() {
        start("paused-credits", 4);
        Node answered = nodes.get(0);
        Node frozen = nodes.get(1);
        Node killedLater = nodes.get(2);
        Node survivor = nodes.get(3);

        scenario.freeze(frozen, () -> {
            pauseBy(answered, ApiError.INSUFFICIENT_QUOTA, Cause.NO_CREDITS);
            replace(answered, survivor);
            sendUntil(this::isToBeObeyed);
        });
        Node started = replace(killedLater, survivor);
        sendUntil(started::isReady);
        assertDeliveriesGoOn();

        assertNoPostSinceThePauseIsToBeObeyed();
        resume(survivor);
        assertAllGoThroughOnce();
    }

    @Test
    void afterARejectedKeyNoPostStartsOnAnyAndDeliveriesGoOn() {
        start("paused-key", 2);
        Node answered = nodes.get(0);
        Node survivor = nodes.get(1);

        pauseBy(answered, ApiError.UNAUTHORIZED, Cause.KEY_REJECTED);
        Node started = replace(answered, survivor);
        sendUntil(() -> isToBeObeyed() && started.isReady());
        assertDeliveriesGoOn();

        assertNoPostSinceThePauseIsToBeObeyed();
        resume(started);
        assertAllGoThroughOnce();
    }

    /** Starts nodes, and lets them submit tasks that run until the test completes them. */
    private void start(String name, int count) {
        String url = Postgres.urlOf(database);
        scenario = Scenario.withDatabase(name, url, LEASE, POLL, key -> Duration.ofHours(1));
        Stream.generate(scenario::start).limit(count).forEach(nodes::add);
        nodes.forEach(Node::awaitReady);
        IntStream.range(0, BEFORE).forEach(i -> send("key-", nodes.get(i % nodes.size())));
        await().atMost(Scenario.LIMIT).until(() -> stateCount("RUNNING") == BEFORE);
    }

    private long stateCount(String state) {
        return LedgerRows.of(scenario.ledger()).states().getOrDefault(state, 0L);
    }

    private void send(String prefix, Node node) {
        int number = messages++;
        RemixMessage.Kind kind = number % 3 == 0 ? RemixMessage.Kind.WAIT : RemixMessage.Kind.FORGET;
        scenario.broker().send(new RemixMessage(kind, prefix + number), node);
    }

    /** Sends messages to all nodes, those that are frozen or start included, until a condition holds. */
    private void sendUntil(BooleanSupplier condition) {
        await().atMost(Scenario.LIMIT).pollInterval(BETWEEN_MESSAGES).until(() -> {
            nodes.forEach(node -> send(startedLater.contains(node) ? TO_STARTED_NODES : "key-", node));
            return condition.getAsBoolean();
        });
    }

    /** The service rejects one submit of a node, and would accept all others. */
    private void pauseBy(Node node, ApiError answer, Cause cause) {
        ToApisSimulator simulator = scenario.simulator();
        simulator.on(Call.BALANCE).refuse(answer);
        simulator
                .on(Call.SUBMIT)
                .when(request -> keyOf(request).equals(REJECTED))
                .times(1)
                .refuse(answer);
        scenario.broker().send(new RemixMessage(RemixMessage.Kind.FORGET, REJECTED), node);
        sendUntil(() -> pause().isPresent());
        assertThat(pause().orElseThrow().cause()).isEqualTo(cause);
    }

    private Optional<AccountPause> pause() {
        return ledger.pauses().orElseThrow().findAll().stream().findFirst();
    }

    /** Kills a node, and starts another one. */
    private Node replace(Node node, Node heir) {
        assertThat(scenario.kill(node)).isEqualTo(Node.KILLED);
        scenario.broker().redeliver(node, heir);
        nodes.remove(node);
        Node started = scenario.start();
        nodes.add(started);
        startedLater.add(started);
        return started;
    }

    private boolean isToBeObeyed() {
        return ledger.now().isAfter(lastPostAllowed());
    }

    private Instant lastPostAllowed() {
        return pause().orElseThrow().pausedAt().plus(LEASE.dividedBy(3)).plus(IN_FLIGHT);
    }

    /** All that was accepted is completed now, and delivered during the pause, that of dead nodes included. */
    private void assertDeliveriesGoOn() {
        Set<String> accepted = scenario.acceptedKeys();
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(BEFORE);
        scenario.simulator().tasks().stream().map(SimulatedTask::id).forEach(scenario.simulator()::complete);
        sendUntil(() -> scenario.journals().undelivered(accepted).isEmpty());
        assertThat(pause()).isPresent();
    }

    private void assertNoPostSinceThePauseIsToBeObeyed() {
        List<ReceivedRequest> requests = scenario.simulator().requests();
        assertThat(requests.get(0).number()).as("the log is complete").isOne();
        List<ReceivedRequest> posts = requests.stream()
                .filter(request -> Call.SUBMIT.covers(request.call()))
                .toList();
        System.out.printf(
                "Paused at %s, last POST %s: %d of %d messages were sent%n",
                pause().orElseThrow().pausedAt(), posts.get(posts.size() - 1).at(), posts.size(), messages);

        assertThat(posts)
                .filteredOn(post -> post.at().isAfter(lastPostAllowed()))
                .isEmpty();
        assertThat(posts).map(PausedAccountKillTest::keyOf).noneMatch(key -> key.startsWith(TO_STARTED_NODES));
    }

    private static String keyOf(ReceivedRequest post) {
        return RemixMessage.keyOf(post.json().path("prompt").textValue());
    }

    private void resume(Node node) {
        scenario.simulator().clearFaults();
        scenario.simulator().taskDuration(Duration.ZERO);
        node.resumeAccount();
        await().atMost(Scenario.LIMIT).until(() -> {
            // The other nodes obey the end within a third of a lease, too.
            scenario.broker().redeliverHeldBack(nodes);
            return scenario.broker().unconfirmed().isEmpty();
        });
    }

    private void assertAllGoThroughOnce() {
        scenario.awaitAllDelivered();
        nodes.forEach(node -> assertThat(node.stop()).isZero());
        InvariantCheck check = new InvariantCheck(scenario, Optional.of(LedgerRows.of(scenario.ledger())));
        System.out.printf("After the pause: %s%n", check);

        check.assertNoViolations();
        Set<String> answered = new HashSet<>(scenario.acceptedKeys());
        answered.addAll(scenario.broker().deadLetters().keySet());
        assertThat(answered).hasSize(messages + 1);
        assertThat(pause()).isEmpty();
    }
}
