package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.internal.cluster.ClusterTestSupport;
import io.github.camelsora.simulator.LookUp;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route fails to acquire a task. An end that this node has seen meanwhile is still delivered to others. */
class FailedClaimTest extends ClusterTestSupport {
    private static final Duration LOOKUP_INTERVAL = Duration.ofMinutes(6);

    @BeforeEach
    void letALostSubmitBeDueToBeReported() {
        toApis.lookup(LookUp.OFF);
        loseTheNextAnswer();
        fireAndForgetOn(first, "key-1");
        elapse(RECOVERY_TIMEOUT.plusSeconds(10));
    }

    @Test
    void anEndThatIsSeenWhileAnAcquisitionFailsIsDueForDelivery() {
        TaskRecord due = first.due().get(0);
        toApis.lookup(LookUp.ON);
        toApis.complete(toApis.tasks().get(toApis.tasks().size() - 1).id());

        ledger.onceBeforeReplace(() -> elapse(LOOKUP_INTERVAL));
        assertThat(first.deliveries.acquire(due, service())).isEmpty();

        assertThat(deliverOn(first).status()).isEqualTo(TaskStatus.COMPLETED);
        assertDeliveredOnce("key-1");
    }
}
