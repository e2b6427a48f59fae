package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.time.GuardedCall;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notifies the {@code sora:tasks} consumers of this JVM of tasks that are due for delivery, so that they need not poll. */
public final class DeliveryNotifier {
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /** Creates a notifier without subscribers. */
    public DeliveryNotifier() {}

    /**
     * A consumer.
     *
     * @param account the account whose tasks it receives
     * @param tag the tag that they must have; null for any, and for none
     * @param notifyConsumer what it does when a task is due; short, and never blocking
     */
    public record Subscription(String account, String tag, Runnable notifyConsumer) {
        private boolean matches(TaskRecord record) {
            return account.equals(record.account()) && (tag == null || tag.equals(record.tag()));
        }
    }

    /**
     * Adds a consumer.
     *
     * @param subscription the consumer
     */
    public void subscribe(Subscription subscription) {
        subscriptions.add(subscription);
    }

    /**
     * Removes a consumer.
     *
     * @param subscription the consumer
     */
    public void unsubscribe(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /** Notifies the consumers that receive a task, if it is due for delivery. */
    public void notifySubscribers(TaskRecord record) {
        if (record.due().nextDelivery() != null) {
            subscriptions.stream()
                    .filter(subscription -> subscription.matches(record))
                    .forEach(subscription ->
                            GuardedCall.run("Waking a sora:tasks consumer", subscription.notifyConsumer()));
        }
    }

    /** Tells whether a consumer of this JVM receives the task. */
    public boolean hasSubscriber(TaskRecord record) {
        return subscriptions.stream().anyMatch(subscription -> subscription.matches(record));
    }
}
