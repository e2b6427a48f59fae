package io.github.camelsora.internal.track;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.time.UserCode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Rings when a task begins to wait for a taker, so that a route of the same JVM takes it at once. */
public final class DeliveryNotifier {
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /** Creates a bell that nobody hears. */
    public DeliveryNotifier() {}

    /**
     * A route that takes tasks.
     *
     * @param account whose tasks it takes
     * @param tag the tag that they must have; null for any, and for none
     * @param wake what it does when there is one; short, and never blocking
     */
    public record Subscription(String account, String tag, Runnable notifyConsumer) {
        private boolean matches(TaskRecord record) {
            return account.equals(record.account()) && (tag == null || tag.equals(record.tag()));
        }
    }

    /**
     * Lets a route hear the bell.
     *
     * @param taker the route
     */
    public void subscribe(Subscription taker) {
        subscriptions.add(taker);
    }

    /**
     * Lets a route hear it no more.
     *
     * @param taker the route
     */
    public void unsubscribe(Subscription taker) {
        subscriptions.remove(taker);
    }

    /** Wakes those who take the task. */
    public void notifySubscribers(TaskRecord record) {
        if (record.due().nextDelivery() != null) {
            subscriptions.stream()
                    .filter(taker -> taker.matches(record))
                    .forEach(taker -> UserCode.call("Waking a route that takes tasks", taker.notifyConsumer()));
        }
    }

    /** Tells whether any route here takes the task. */
    public boolean hasSubscriber(TaskRecord record) {
        return subscriptions.stream().anyMatch(taker -> taker.matches(record));
    }
}
