package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The events of a simulator: how they go astray, those that a test sends by its own hand, and what became of all of
 * them. Where they go is said by {@link SimulatorBehaviour#webhook}. Thread-safe.
 *
 * <p>What a test sends by its own hand meets no rule, and each method that sends waits for the answer to the first try.
 * An event that is not accepted is tried again by the plan, a forged one is not.
 */
public final class Webhooks {

    /** Over and above the time that an answer may take. */
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
     * Begins a rule by which events go astray. It has no effect until it is told which, as in
     * {@code simulator.webhooks().on().chance(0.2, 1).lose()}.
     *
     * @param types which events it is for; none: all
     * @return the rule, to be completed
     */
    public WebhookRule on(EventType... types) {
        List<EventType> chosen = Arrays.asList(types);
        return new WebhookRule(sender.rules(), sender, event -> chosen.isEmpty() || chosen.contains(event.type()));
    }

    /** Forgets all rules and lets go what is held by them. */
    public void clearRules() {
        sender.rules().clear();
    }

    /**
     * Signs with another secret from now on. The one before it signs too, for 24 hours of the simulator's clock.
     *
     * @param secret the new one, not blank
     * @throws IllegalStateException if webhooks are off
     */
    public void rotateSecret(String secret) {
        settings.webhook = target().rotated(secret, clock.instant());
    }

    /**
     * Gives the event of a task, to be sent as it is or changed. A task that runs completes now, and its event is not
     * sent by itself any more.
     *
     * @param taskId its id
     * @return the event; a task has one, under one id
     */
    public WebhookEvent event(String taskId) {
        Task task = tasks.require(taskId);
        task.end(clock.instant(), null, null);
        sender.markEventCreated(task);
        return sender.event(task);
    }

    /**
     * Sends the event of a task now. A task that runs completes first, and its event is not sent by itself any more; if
     * it was sent already, this sends it once more.
     *
     * @param taskId its id
     * @return what became of it so far
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery send(String taskId) {
        WebhookEvent event = event(taskId);
        return send(PendingDelivery.of(event, tasks.require(taskId).callbackUrl()));
    }

    /**
     * Sends an event of the test's own making, properly signed.
     *
     * @param event such as {@code event(taskId).with(…)}
     * @return what became of it so far
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery send(WebhookEvent event) {
        return send(PendingDelivery.of(event, null));
    }

    /**
     * Sends an event of type {@code endpoint.test}.
     *
     * @return what became of it so far
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery sendTest() {
        return send(EventBody.test(clock.instant()));
    }

    /**
     * Sends a completed event for a task that neither the simulator nor anybody else has heard of.
     *
     * @return what became of it so far; it tells the task's id
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery sendUnknownTask() {
        Task.Order order = Task.Order.elsewhere("video_nobody_has_" + UUID.randomUUID(), "nobody", "", clock.instant());
        return send(sender.unrecordedEvent(new Task(order, Duration.ZERO, false, 0)));
    }

    /**
     * Sends the event of a task as a stranger would, once. A task that runs goes on running, and its own event is sent
     * when it ends.
     *
     * @param taskId its id
     * @param forgery what is wrong with it
     * @return what became of it
     * @throws IllegalStateException if webhooks are off
     */
    public WebhookDelivery forge(String taskId, Forgery forgery) {
        Task task = tasks.require(taskId);
        Task copy = new Task(task.order(), Duration.ZERO, false, 0);
        return send(PendingDelivery.of(sender.unrecordedEvent(copy), task.callbackUrl())
                .forged(forgery));
    }

    /** {@return what became of all events so far, in the order in which they came up} */
    public List<WebhookDelivery> deliveries() {
        return sender.deliveries(event -> true);
    }

    /**
     * Tells what became of the events of one task.
     *
     * @param taskId its id
     * @return those of {@link #deliveries()} that are about it
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
