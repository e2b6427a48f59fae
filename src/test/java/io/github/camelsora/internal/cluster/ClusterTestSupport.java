package io.github.camelsora.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.deliver.Delivery;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.TaskWaiter.Goal;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.support.TaskTestSupport;
import io.github.camelsora.support.TestWaiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Nodes that share one ledger and one clock. Time passes for all of them in steps, and stands still for a paused one. */
public abstract class ClusterTestSupport extends TaskTestSupport {
    static final Duration KEEP_DELIVERED = Duration.ofDays(30);
    private static final Duration STEP = Duration.ofSeconds(5);

    private final List<Node> nodes = new ArrayList<>();
    public Node first;
    public Node second;

    @BeforeEach
    void startNodes() {
        first = startNode("first");
        second = startNode("second");
        letThemWork();
    }

    public Node startNode(String name) {
        return startNode(name, service());
    }

    Node startNode(String name, ServiceProfile... services) {
        Node node = new Node(name, ledger, () -> List.of(services), KEEP_DELIVERED).start();
        nodes.add(node);
        return node;
    }

    public void letThemWork() {
        // Twice: what one node has done may be work for another.
        nodes.forEach(Node::work);
        nodes.forEach(Node::work);
    }

    /** Lets the time pass for all nodes, in steps shorter than any of them waits. */
    public void elapse(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            leaveUndone(left.compareTo(STEP) < 0 ? left : STEP);
            letThemWork();
        }
    }

    public void elapseSeconds(long seconds) {
        elapse(Duration.ofSeconds(seconds));
    }

    /** Long enough for a node that does nothing to be considered dead, and for others to have taken over. */
    public void outlastTheLease() {
        elapse(Node.LEASE.plusSeconds(15));
    }

    /** Submits a remix on a node, and sends it. */
    public TestWaiter remixOn(Node node, String key) {
        TestWaiter waiting = node.submit(submission(key, "Add a puppy"), Goal.ENDED);
        node.work();
        return waiting;
    }

    public void fireAndForgetOn(Node node, String key) {
        node.fireAndForget(submission(key, "Add a puppy"));
    }

    public void complete(String key) {
        toApis.complete(taskId(key));
    }

    /** The next submit is accepted and paid for, and its answer is lost. */
    public void loseTheNextAnswer() {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
    }

    /** The same, and the service does not look tasks up by their key. */
    public void loseTheNextAnswerForGood() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
    }

    /** Receives the one task that waits for a delivery; there is exactly one, and it is delivered once. */
    public Delivery acquireOn(Node node) {
        assertThat(node.due()).hasSize(1);
        return node.acquire(service()).orElseThrow(() -> new AssertionError("It was found and could not be acquired"));
    }

    /** Acquires the due task on a node, delivers it, and returns its result. */
    public VideoTask deliverOn(Node node) {
        Delivery delivery = acquireOn(node);
        delivery.delivered();
        return delivery.task();
    }

    public void assertDeliveredOnce(String key) {
        assertThat(state(key)).isEqualTo(TaskState.DELIVERED);
        assertThat(first.due()).isEmpty();
    }
}
