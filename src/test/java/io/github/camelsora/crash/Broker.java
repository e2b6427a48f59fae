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
 * A stand-in for a message broker: it redelivers each message until a node confirms it. A message whose submit stays
 * unknown, or would exceed a limit of spending, becomes a dead letter. One that fails because its account is paused is held
 * back until the test has it redelivered.
 */
final class Broker implements Node.Listener {
    private static final int MAX_DELIVERIES = 20;

    /** A message, the node that has it, and how often it was delivered. */
    private record Delivery(RemixMessage message, Node node, int number) {}

    private final Map<String, Delivery> unconfirmed = new ConcurrentHashMap<>();
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Set<String> redelivered = ConcurrentHashMap.newKeySet();
    private final Set<String> heldBack = ConcurrentHashMap.newKeySet();
    private final Map<String, String> deadLetters = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** Delivers a new message to a node. */
    void send(RemixMessage message, Node node) {
        sent.add(message.key());
        unconfirmed.put(message.key(), new Delivery(message, node, 1));
        node.send(message);
    }

    void send(Collection<RemixMessage> messages, Node node) {
        messages.forEach(message -> send(message, node));
    }

    /** Redelivers to another node the messages that a dead node has not confirmed. */
    void redeliver(Node from, Node to) {
        List<Delivery> lost = unconfirmed.values().stream()
                .filter(delivery -> delivery.node() == from)
                .toList();
        lost.forEach(delivery -> redeliver(delivery, to));
    }

    /** Redelivers the messages that are held back, to these nodes in turn. */
    void redeliverHeldBack(List<Node> nodes) {
        int turn = 0;
        for (String key : Set.copyOf(heldBack)) {
            redeliver(unconfirmed.get(key), nodes.get(turn++ % nodes.size()));
        }
    }

    private void redeliver(Delivery delivery, Node to) {
        String key = delivery.message().key();
        heldBack.remove(key);
        if (delivery.number() == MAX_DELIVERIES) {
            deadLetters.put(key, "delivered " + MAX_DELIVERIES + " times");
            unconfirmed.remove(key);
            return;
        }
        // Unless it was confirmed in the meantime.
        if (unconfirmed.replace(key, delivery, new Delivery(delivery.message(), to, delivery.number() + 1))) {
            redelivered.add(key + " to " + to);
            to.send(delivery.message());
        }
    }

    /** Tells whether a message was redelivered to a node. */
    boolean hasRedelivered(String key, String node) {
        return redelivered.contains(key + " to Node " + node);
    }

    @Override
    public void onDone(Node node, String key) {
        unconfirmed.remove(key);
    }

    @Override
    public void onFailed(Node node, String key, String exception, String message) {
        Delivery delivery = unconfirmed.get(key);
        if (delivery == null || delivery.node() != node) {
            return;
        }
        switch (exception) {
            // A result: a redelivery would get the same one.
            case "TaskFailedException" -> unconfirmed.remove(key);
            case "SubmissionUnknownException", "SpendLimitException" -> {
                deadLetters.put(key, message);
                unconfirmed.remove(key);
            }
            case "InsufficientCreditsException", "AuthenticationException" -> heldBack.add(key);
            default -> {
                failures.add(node + ", " + key + ": " + exception + ": " + message);
                redeliver(delivery, node);
            }
        }
    }

    /** The keys of messages that were sent since the last call. */
    Set<String> drainSent() {
        Set<String> keys = new HashSet<>();
        for (String key = sent.poll(); key != null; key = sent.poll()) {
            keys.add(key);
        }
        return keys;
    }

    /** The keys of messages that no node has confirmed. */
    Set<String> unconfirmed() {
        return Set.copyOf(unconfirmed.keySet());
    }

    /** The keys of dead letters, each with its reason. */
    Map<String, String> deadLetters() {
        return Map.copyOf(deadLetters);
    }

    /** The failures that caused redeliveries, as evidence for a failed check. */
    List<String> failures() {
        return List.copyOf(failures);
    }
}
