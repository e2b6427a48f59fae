package io.github.camelsora.crash;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A stand-in for a message broker: it hands out each message again until somebody has confirmed it. A message whose outcome
 * is unknown for good goes to the dead letters.
 */
final class Broker implements Node.Listener {
    private static final int MOST_DELIVERIES = 20;

    /** A message, who has it, and how often it was handed out. */
    private record Delivery(Message message, Node node, int number) {}

    private final Map<String, Delivery> unconfirmed = new ConcurrentHashMap<>();
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Set<String> handedOutAgain = ConcurrentHashMap.newKeySet();
    private final Map<String, String> deadLetters = new ConcurrentHashMap<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    /** Hands a new message to a node. */
    void send(Message message, Node node) {
        sent.add(message.key());
        unconfirmed.put(message.key(), new Delivery(message, node, 1));
        node.take(message);
    }

    void send(Collection<Message> messages, Node node) {
        messages.forEach(message -> send(message, node));
    }

    /** A node is gone: what it has not confirmed goes to another. */
    void redeliver(Node from, Node to) {
        List<Delivery> lost = unconfirmed.values().stream()
                .filter(delivery -> delivery.node() == from)
                .toList();
        lost.forEach(delivery -> redeliver(delivery, to));
    }

    private void redeliver(Delivery delivery, Node to) {
        String key = delivery.message().key();
        if (delivery.number() == MOST_DELIVERIES) {
            deadLetters.put(key, "handed out " + MOST_DELIVERIES + " times");
            unconfirmed.remove(key);
            return;
        }
        // Only if it was not confirmed in between.
        if (unconfirmed.replace(key, delivery, new Delivery(delivery.message(), to, delivery.number() + 1))) {
            handedOutAgain.add(key + " to " + to);
            to.take(delivery.message());
        }
    }

    /** Tells whether a node has a message that somebody else, or itself, had before. */
    boolean hasHandedOutAgain(String key, String node) {
        return handedOutAgain.contains(key + " to Node " + node);
    }

    @Override
    public void done(Node node, String key) {
        unconfirmed.remove(key);
    }

    @Override
    public void failed(Node node, String key, String exception, String message) {
        Delivery delivery = unconfirmed.get(key);
        if (delivery == null || delivery.node() != node) {
            return;
        }
        switch (exception) {
            // The result: asking again gives the same answer.
            case "TaskFailedException" -> unconfirmed.remove(key);
            case "SubmissionUnknownException" -> {
                deadLetters.put(key, message);
                unconfirmed.remove(key);
            }
            default -> {
                refusals.add(node + ", " + key + ": " + exception + ": " + message);
                redeliver(delivery, node);
            }
        }
    }

    /** The keys of messages that were sent since this was asked before. */
    Set<String> takeSent() {
        Set<String> keys = new HashSet<>();
        for (String key = sent.poll(); key != null; key = sent.poll()) {
            keys.add(key);
        }
        return keys;
    }

    /** The keys of messages that somebody has and has not answered. */
    Set<String> unconfirmed() {
        return Set.copyOf(unconfirmed.keySet());
    }

    /** The messages whose outcome is not known, and why. */
    Map<String, String> deadLetters() {
        return Map.copyOf(deadLetters);
    }

    /** The failures after which messages were handed out again, for whoever looks for a reason. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }
}
