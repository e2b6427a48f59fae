package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private PermitRequest add(Object lane, int priority, long order) {
        PermitRequest request = new PermitRequest(null, lane, priority, order, ++sequence, () -> {});
        queue.add(request);
        return request;
    }

    @Test
    void aHigherPriorityComesFirstWhicheverTheLane() {
        PermitRequest low = add("a", 0, 1);
        PermitRequest normal = add("b", 2);
        PermitRequest high = add("a", 9, 3);
        PermitRequest other = add("b", 9, 4);

        assertThat(pollAll()).containsExactly(high, other, normal, low);
    }

    @Test
    void oneInteractiveRequestPassesTenThousandOfABatch() {
        List<PermitRequest> batch =
                IntStream.range(0, 10_000).mapToObj(i -> add("batch", 0, i)).toList();
        PermitRequest first = queue.poll();
        PermitRequest interactive = add("batch", 9, 10_000);

        assertThat(first).isEqualTo(batch.get(0));
        assertThat(queue.poll()).isEqualTo(interactive);
        assertThat(pollAll()).containsExactlyElementsOf(batch.subList(1, batch.size()));
    }

    @Test
    void allPrioritiesOfALaneAreRemoved() {
        PermitRequest low = add("a", 0, 1);
        PermitRequest high = add("a", 9, 2);
        PermitRequest other = add("b", 9, 3);

        assertThat(queue.removeAll("a")).containsExactlyInAnyOrder(low, high);

        assertThat(pollAll()).containsExactly(other);
    }

    /** Against a list that is searched for the next request, with random additions, removals, polls and put-backs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itGivesWhatAPlainListGives(long seed) {
        Random random = new Random(seed);
        List<PermitRequest> model = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1, 2 -> model.add(add("lane-" + random.nextInt(4), random.nextInt(10), random.nextInt(100)));
                case 3 -> {
                    if (!model.isEmpty()) {
                        assertThat(queue.remove(model.remove(random.nextInt(model.size()))))
                                .isTrue();
                    }
                }
                default -> checkNext(random.nextBoolean(), model);
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
        while (!model.isEmpty()) {
            checkNext(false, model);
        }
        assertThat(queue.poll()).isNull();
    }

    private void checkNext(boolean isPutBackFirst, List<PermitRequest> model) {
        PermitRequest next = queue.poll();
        if (isPutBackFirst && next != null) {
            queue.putBack(next);
            assertThat(queue.poll()).isSameAs(next);
        }
        if (model.isEmpty()) {
            assertThat(next).isNull();
            return;
        }
        int highest = model.stream().mapToInt(PermitRequest::priority).max().orElseThrow();
        assertThat(next.priority()).isEqualTo(highest);
        assertThat(model)
                .filteredOn(other -> isOfTheSameLane(other, next))
                .allMatch(other -> next.compareTo(other) <= 0);
        assertThat(model.remove(next)).isTrue();
    }

    private static boolean isOfTheSameLane(PermitRequest one, PermitRequest other) {
        return one.lane().equals(other.lane()) && one.priority() == other.priority();
    }

    @Test
    void lanesOfOnePriorityTakeTurnsHoweverManyRequestsOfOtherPrioritiesComeBetween() {
        List<PermitRequest> a =
                IntStream.range(0, 3).mapToObj(i -> add("a", 5, i)).toList();
        List<PermitRequest> b =
                IntStream.range(0, 3).mapToObj(i -> add("b", 5, i)).toList();
        List<PermitRequest> polled = new ArrayList<>();
        for (int turn = 0; turn < 6; turn++) {
            PermitRequest high = add("a", 6, turn);
            assertThat(queue.poll()).isEqualTo(high);
            polled.add(queue.poll());
        }

        assertThat(polled).containsExactly(a.get(0), b.get(0), a.get(1), b.get(1), a.get(2), b.get(2));
    }
}
