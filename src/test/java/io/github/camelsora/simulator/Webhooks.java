package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The webhook events of a simulator: rules for their delivery, events that a test sends itself, and all deliveries.
 * {@link SimulatorBehaviour#webhook} sets the receiver. Thread-safe.
 *
 * <p>No rule applies to an event that a test sends itself. Each method that sends waits for the answer to the first try. An
 * event that is not accepted is retried by the plan; a forged one is not.
 */
public final class Webhooks {

    /** Added to the timeout of an answer. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final SimulatorClock clock;
    private final Settings settings;
    private final Tasks tasks;
    private final WebhookSender sender;

    Webhooks(SimulatorClock clock, Settings settings, Tasks tasks, WebhookSender post) {
        this.clock = clock;
        this.settings = settings;
        this.tasks = tasks;
        this.sender = post;
    }

    /**
     * Begins a rule for the delivery of events. It applies once its effect is chosen, as in
     * {@code simulator.webhooks().on().chance(0.2, 1).lose()}.
     *
     * @param types the types of events to which it applies; without any, all events
     * @return the rule, to be completed
     */
    public WebhookRule on(EventType... types) {
        List<EventType> chosen = Arrays.asList(types);
        return new WebhookRule(sender.rules(), sender, event -> chosen.isEmpty() || chosen.contains(event.type()));
    }

    /** Removes all rules and releases the events that they hold. */
    public void clearRules() {
        sender.rules().clear();
    }

    /**
     * Signs with a new secret from now on. The previous secret signs, too, for 24 hours of the simulator's clock.
     *
     * @param secret the new one, not blank
     * @throws IllegalStateException if webhooks are off
     * @throws IllegalArgumentException if the secret is blank
     */
    public void rotateSecret(String secret) {
        settings.webhook = target().rotated(secret, clock.instant());
    }

    /**
     * Returns the event of a task, to be sent as it is or changed. A running task completes now, and its event is then not
     * sent automatically.
     *
     * @param taskId its id
     * @return the event; the same one for each call
     * @throws IllegalArgumentException if there is no such task
     */
    public WebhookEvent event(String taskId) {
        Task task = tasks.require(taskId);
        task.end(clock.instant(), null, null);
        sender.markEventCreated(task);
        return sender.event(task);
    }

    /**
     * Sends the event of a task now, also if it was sent before. A running task completes first, and its event is then not
     * sent automatically.
     *
     * @param taskId its id
     * @return the delivery after its first try
     * @throws IllegalStateException if webhooks are off
     * @throws IllegalArgumentException if there is no such task
     */
    public WebhookDelivery send(String taskId) {
        WebhookEvent event = event(taskId);
        return send(PendingDelivery.of(event, tasks.require(taskId).callbackUrl()));
    }

    /**
     * Sends an event that the test has made, with a valid signature.
     *
     * @param event such as {@code event(taskId).with(…)}
     * @return the delivery after its first try
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery send(WebhookEvent event) {
        return send(PendingDelivery.of(event, null));
    }

    /**
     * Sends an event of type {@code endpoint.test}.
     *
     * @return the delivery after its first try
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery sendTest() {
        return send(EventBody.test(clock.instant()));
    }

    /**
     * Sends a completed event of a task that does not exist.
     *
     * @return the delivery after its first try; its event has the task id
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery sendUnknownTask() {
        Task.Order order = Task.Order.elsewhere("video_unknown_" + UUID.randomUUID(), "unknown", "", clock.instant());
        return send(sender.unrecordedEvent(new Task(order, Duration.ZERO, false, 0)));
    }

    /**
     * Sends a forged event of a task once. A running task continues, and its genuine event is sent when it ends.
     *
     * @param taskId its id
     * @param forgery the defect of the event
     * @return the delivery
     * @throws IllegalStateException if webhooks are off
     * @throws IllegalArgumentException if there is no such task
     */
    public WebhookDelivery forge(String taskId, Forgery forgery) {
        Task task = tasks.require(taskId);
        Task copy = new Task(task.order(), Duration.ZERO, false, 0);
        return send(PendingDelivery.of(sender.unrecordedEvent(copy), task.callbackUrl())
                .forged(forgery));
    }

    /** {@return all deliveries so far, in order of their creation} */
    public List<WebhookDelivery> deliveries() {
        return sender.deliveries(event -> true);
    }

    /**
     * Returns the deliveries of the events of one task.
     *
     * @param taskId its id
     * @return those of {@link #deliveries()} that belong to the task
     */
    public List<WebhookDelivery> deliveries(String taskId) {
        return sender.deliveries(event -> event.taskId().equals(taskId));
    }

    private WebhookDelivery send(PendingDelivery delivery) {
        target();
        Duration limit = settings.webhookTimeout.plus(GRACE);
        try {
            return sender.send(delivery).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The event was not answered within " + limit, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The event could not be sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the answer to an event", e);
        }
    }

    private WebhookTarget target() {
        WebhookTarget target = settings.webhook;
        if (target == null) {
            throw new IllegalStateException("Webhooks are off; webhook(url, secret) turns them on");
        }
        return target;
    }
}
