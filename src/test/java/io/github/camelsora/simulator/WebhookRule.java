package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A rule that changes the delivery of events. {@link Webhooks#on} begins it, {@link #times}, {@link #task}, {@link #when} and
 * {@link #chance} restrict it, and the method that says what happens activates it. The first matching rule that is not used
 * up, and whose chance is met, applies to the event of a task that ends, in the order in which rules were activated. No rule
 * applies to an event that a test sends itself.
 */
public final class WebhookRule {

    /** What happens to a delivery instead of being sent at once. */
    interface Effect {
        void apply(PendingDelivery delivery);
    }

    private final RuleList<WebhookEvent, Effect> rules;
    private final WebhookSender sender;
    private Predicate<WebhookEvent> condition;
    private int timesLeft = Integer.MAX_VALUE;
    private double probability = 1;
    private Random random;
    private Hold hold;
    private Effect effect;

    WebhookRule(RuleList<WebhookEvent, Effect> rules, WebhookSender post, Predicate<WebhookEvent> condition) {
        this.rules = rules;
        this.sender = post;
        this.condition = condition;
    }

    /**
     * Limits the number of events to which this rule applies. Without a limit it applies to all matching events until
     * {@link Webhooks#clearRules}.
     *
     * @param times at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public WebhookRule times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, not " + times);
        }
        timesLeft = times;
        return this;
    }

    /**
     * Limits this rule to one task.
     *
     * @param taskId its id
     * @return this
     */
    public WebhookRule task(String taskId) {
        return when(event -> event.taskId().equals(taskId));
    }

    /**
     * Limits the events to which this rule applies. Events that do not match are not counted.
     *
     * @param condition on the event; if this is called several times, all conditions must hold
     * @return this
     */
    public WebhookRule when(Predicate<WebhookEvent> condition) {
        this.condition = this.condition.and(condition);
        return this;
    }

    /**
     * Applies this rule to a random part of the matching events; for the others the next rules are tried. So
     * {@code chance(0.2, seed).lose()} followed by {@code chance(0.5, seed).duplicate()} loses 20 % and duplicates half of
     * the other 80 %.
     *
     * @param probability from 0 to 1
     * @param seed of the random numbers; the same seed gives the same decisions in the same order of events
     * @return this
     * @throws IllegalArgumentException if the probability is not from 0 to 1
     */
    public WebhookRule chance(double probability, long seed) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("A probability must be 0 to 1, not " + probability);
        }
        this.probability = probability;
        random = new Random(seed);
        return this;
    }

    /** Loses the event: no try is ever made. */
    public void lose() {
        begin(PendingDelivery::lose);
    }

    /**
     * Loses the first tries: the receiver does not get them, and the retry plan continues.
     *
     * @param tries how many, at least 1
     * @throws IllegalArgumentException if it is less than 1
     */
    public void loseTries(int tries) {
        if (tries < 1) {
            throw new IllegalArgumentException("The number of lost tries must be at least 1, not " + tries);
        }
        begin(delivery -> {
            delivery.loseTries(tries);
            sender.send(delivery);
        });
    }

    /** Sends the event twice at the same time. */
    public void duplicate() {
        duplicate(Duration.ZERO);
    }

    /**
     * Sends the event twice.
     *
     * @param later the time from the first to the second, by the simulator's clock; not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void duplicate(Duration later) {
        check(later);
        begin(delivery -> {
            PendingDelivery second = delivery.copy();
            sender.send(delivery);
            sender.sendLater(second, later);
        });
    }

    /**
     * Sends the event with a delay.
     *
     * @param delay by the simulator's clock, not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void delay(Duration delay) {
        check(delay);
        begin(delivery -> sender.sendLater(delivery, delay));
    }

    /**
     * Sends the event out of order: after the first try of the next event was answered. Without a next event it is never
     * sent.
     */
    public void afterNext() {
        begin(sender::sendAfterNext);
    }

    /**
     * Holds events until the test releases them; {@link Hold#cut} loses them.
     *
     * @return the hold by which the test does that
     */
    public Hold hold() {
        Hold newHold = new Hold();
        hold = newHold;
        begin(delivery -> sender.sendThrough(newHold, delivery));
        return newHold;
    }

    /**
     * Sends a forged copy once, and the genuine event when the copy was answered.
     *
     * @param forgery the defect of the copy
     */
    public void forgeFirst(Forgery forgery) {
        begin(delivery ->
                sender.send(delivery.forged(forgery)).whenComplete((forged, failure) -> sender.send(delivery)));
    }

    /** Sends a completed event that has no result. */
    public void withoutResult() {
        rewrite(body -> ((ObjectNode) body.get("data")).putNull("result"));
    }

    /**
     * Sends the event with a changed body and a valid signature.
     *
     * @param change changes the body
     */
    public void rewrite(Consumer<ObjectNode> change) {
        begin(delivery -> {
            delivery.replaceEvent(delivery.event().with(change));
            sender.send(delivery);
        });
    }

    private static void check(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A delay must not be negative: " + time);
        }
    }

    private void begin(Effect newEffect) {
        if (effect != null) {
            throw new IllegalStateException("This rule already has an effect; begin another rule with on(…)");
        }
        effect = newEffect;
        rules.add(this::use, this::isSpent, hold);
    }

    /**
     * The effect of this rule on an event, counted as one use; null if the rule does not match. Guarded by the list of
     * rules.
     */
    private Effect use(WebhookEvent event) {
        if (isSpent() || !condition.test(event)) {
            return null;
        }
        if (random != null && random.nextDouble() >= probability) {
            return null;
        }
        timesLeft--;
        return effect;
    }

    private boolean isSpent() {
        return timesLeft == 0 || hold != null && hold.isOpen();
    }
}
