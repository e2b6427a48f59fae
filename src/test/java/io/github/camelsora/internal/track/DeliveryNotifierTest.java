package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.internal.track.DeliveryNotifier.Subscription;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A consumer is notified of the tasks that it receives, when they are due. */
class DeliveryNotifierTest {
    private static final TaskRecord DUE =
            LedgerRecords.with(LedgerRecords.due("default", "key-1", LedgerRecords.NOON), "puppies", Map.of());

    private final DeliveryNotifier notifier = new DeliveryNotifier();
    private final AtomicInteger notifications = new AtomicInteger();

    @Test
    void aConsumerIsNotifiedOfTasksOfItsAccountAndTag() {
        subscribe("default", "puppies");
        subscribe("default", null);

        notifier.notifySubscribers(DUE);

        assertThat(notifications).hasValue(2);
        assertThat(notifier.hasSubscriber(DUE)).isTrue();
    }

    @Test
    void aConsumerIsNotNotifiedOfTasksOfAnotherAccountOrTag() {
        subscribe("shop", null);
        subscribe("default", "kittens");

        notifier.notifySubscribers(DUE);

        assertThat(notifications).hasValue(0);
        assertThat(notifier.hasSubscriber(DUE)).isFalse();
    }

    @Test
    void aTaskThatIsNotDueNotifiesNoConsumer() {
        subscribe("default", null);

        notifier.notifySubscribers(DUE.dueAt(null));

        assertThat(notifications).hasValue(0);
    }

    @Test
    void aConsumerThatHasUnsubscribedIsNotNotified() {
        Subscription subscription = subscribe("default", null);

        notifier.unsubscribe(subscription);
        notifier.notifySubscribers(DUE);

        assertThat(notifications).hasValue(0);
        assertThat(notifier.hasSubscriber(DUE)).isFalse();
    }

    @Test
    void aConsumerThatThrowsKeepsNoOtherFromBeingNotified() {
        notifier.subscribe(new Subscription("default", null, () -> {
            throw new IllegalStateException("thrown by a test");
        }));
        subscribe("default", "puppies");

        notifier.notifySubscribers(DUE);

        assertThat(notifications).hasValue(1);
    }

    private Subscription subscribe(String account, String tag) {
        Subscription subscription = new Subscription(account, tag, notifications::incrementAndGet);
        notifier.subscribe(subscription);
        return subscription;
    }
}
