package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue queue = new FairQueue();
    private long sequence;

    private PermitRequest add(Object lane) {
        PermitRequest request = request(lane);
        queue.add(request);
        return request;
    }

    private PermitRequest add(Object lane, long order) {
        PermitRequest request = new PermitRequest(null, lane, order, ++sequence, () -> {});
        queue.add(request);
        return request;
    }

    private PermitRequest request(Object lane) {
        return new PermitRequest(null, lane, 0, ++sequence, () -> {});
    }

    private List<PermitRequest> pollAll() {
        List<PermitRequest> polled = new ArrayList<>();
        for (PermitRequest next = queue.poll(); next != null; next = queue.poll()) {
            polled.add(next);
        }
        return polled;
    }

    /** A lane that cannot be found or entered in a map while memory is out. JUnit would not survive an OutOfMemoryError. */
    private static final class PoorLane {
        boolean isOutOfMemory;

        @Override
        public int hashCode() {
            if (isOutOfMemory) {
                throw new InternalError("no memory, says the test");
            }
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    @Test
    void withinALaneTheLeastOrderComesFirstAndThenTheFirstToArrive() {
        PermitRequest third = add("a", 2);
        PermitRequest first = add("a", 1);
        PermitRequest second = add("a", 1);

        assertThat(pollAll()).containsExactly(first, second, third);
    }

    @Test
    void theSizeIsWhatWaitsInAllLanes() {
        add("a");
        add("a");
        add("b");
        assertThat(queue.size()).isEqualTo(3);

        queue.poll();

        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsAddedTwiceWaitsOnce() {
        PermitRequest request = add("a");

        queue.add(request);

        assertThat(queue.size()).isEqualTo(1);
        assertThat(pollAll()).containsExactly(request);
    }

    @Test
    void itContainsWhatWasAddedUntilItIsPolled() {
        PermitRequest first = add("a");
        PermitRequest second = add("a");

        queue.poll();

        assertThat(queue.contains(first)).isFalse();
        assertThat(queue.contains(second)).isTrue();
        assertThat(queue.contains(request("b"))).isFalse();
    }

    @Test
    void whatIsRemovedDoesNotComeOut() {
        PermitRequest first = add("a");
        PermitRequest second = add("a");

        assertThat(queue.remove(first)).isTrue();

        assertThat(queue.size()).isEqualTo(1);
        assertThat(pollAll()).containsExactly(second);
    }

    @Test
    void whatDoesNotWaitIsNotRemoved() {
        PermitRequest first = add("a");
        queue.remove(first);
        add("b");

        assertThat(queue.remove(first)).isFalse();
        assertThat(queue.remove(request("b"))).isFalse();

        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void lanesTakeTurnsInTheOrderInWhichTheyCame() {
        PermitRequest a1 = add("a");
        PermitRequest a2 = add("a");
        PermitRequest b1 = add("b");
        PermitRequest c1 = add("c");
        PermitRequest b2 = add("b");

        assertThat(pollAll()).containsExactly(a1, b1, c1, a2, b2);
        assertThat(queue.size()).isZero();
    }

    @Test
    void aRequestThatWasPutBackComesNext() {
        PermitRequest first = add("a");
        PermitRequest second = add("b");

        queue.putBack(queue.poll());

        assertThat(queue.size()).isEqualTo(2);
        assertThat(pollAll()).containsExactly(first, second);
    }

    @Test
    void aRequestThatWasPutBackCanBeRemoved() {
        PermitRequest first = add("a");
        PermitRequest second = add("a");
        queue.putBack(queue.poll());

        assertThat(queue.contains(first)).isTrue();
        assertThat(queue.remove(first)).isTrue();

        assertThat(queue.contains(first)).isFalse();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(pollAll()).containsExactly(second);
    }

    @Test
    void allRequestsOfALaneAreRemovedAndNoOther() {
        PermitRequest a1 = add("a");
        PermitRequest a2 = add("a");
        PermitRequest b1 = add("b");
        queue.putBack(queue.poll());

        assertThat(queue.removeAll("a")).containsExactly(a1, a2);

        assertThat(queue.size()).isEqualTo(1);
        assertThat(pollAll()).containsExactly(b1);
    }

    @Test
    void anEmptiedLaneHasNoTurn() {
        PermitRequest a1 = add("a");
        PermitRequest b1 = add("b");
        queue.remove(a1);

        assertThat(queue.poll()).isEqualTo(b1);
        assertThat(queue.poll()).isNull();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aLaneThatHasHadItsTurnNeedsNoMemoryForTheNextOne() {
        PoorLane lane = new PoorLane();
        PermitRequest first = add(lane);
        PermitRequest second = add(lane);
        PermitRequest third = add(lane);
        PermitRequest other = add("other");
        lane.isOutOfMemory = true;

        List<PermitRequest> polled = List.of(queue.poll(), queue.poll(), queue.poll());
        lane.isOutOfMemory = false;

        assertThat(polled).containsExactly(first, other, second);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(third);
    }

    @Test
    void aRequestThatCouldNotBeAddedIsNotCounted() {
        PoorLane lane = new PoorLane();
        lane.isOutOfMemory = true;
        assertThatThrownBy(() -> add(lane)).isInstanceOf(InternalError.class);

        PermitRequest other = add("other");

        assertThat(queue.size()).isEqualTo(1);
        assertThat(pollAll()).containsExactly(other);
    }

    @Test
    void aRequestCanBePutBackWithoutMemory() {
        PoorLane lane = new PoorLane();
        PermitRequest first = add(lane);
        PermitRequest second = add(lane);
        PermitRequest polled = queue.poll();
        lane.isOutOfMemory = true;

        queue.putBack(polled);

        assertThat(queue.poll()).isEqualTo(first);
        lane.isOutOfMemory = false;
        assertThat(pollAll()).containsExactly(second);
    }
}
