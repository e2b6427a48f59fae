package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A rule by which events go astray: which, how often, and how. It is made by {@link Webhooks#on}, narrowed by
 * {@link #times}, {@link #task}, {@link #when} and {@link #chance}, and takes effect with the method that says what
 * happens. Each event that a task's end brings forth meets the first rule that fits it and has not been used up, in the
 * order in which rules were made. What a test sends by its own hand meets none.
 */
public final class WebhookRule {

    /** What happens to a parcel instead of being sent at once. */
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
     * Limits how many events this rule hits. Without a limit it hits all of them until {@link Webhooks#clearRules}.
     *
     * @param times at least 1
     * @return this
     */
    public WebhookRule times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("A rule is for one event at least, not " + times);
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
     * Limits which events this rule hits; those that do not fit are not counted.
     *
     * @param condition on the event; all that are given must hold
     * @return this
     */
    public WebhookRule when(Predicate<WebhookEvent> condition) {
        this.condition = this.condition.and(condition);
        return this;
    }

    /**
     * Lets chance decide whether this rule hits an event that fits; one that it spares goes on to the next rule. So
     * {@code chance(0.2, seed).lose()} followed by {@code chance(0.5, seed).duplicate()} loses 20 % and doubles half of
     * the other 80 %.
     *
     * @param probability from 0 to 1
     * @param seed the same one throws the same dice, event after event
     * @return this
     */
    public WebhookRule chance(double probability, long seed) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("A probability is 0 to 1, not " + probability);
        }
        this.probability = probability;
        random = new Random(seed);
        return this;
    }

    /** Loses the event for good: no try is ever made. */
    public void lose() {
        begin(PendingDelivery::lose);
    }

    /**
     * Loses the first tries on their way: the receiver never sees them, and the vendor's plan goes on with the next.
     *
     * @param tries how many, at least 1
     */
    public void loseTries(int tries) {
        if (tries < 1) {
            throw new IllegalArgumentException("At least one try is lost, not " + tries);
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
     * @param later when the second time, after the first, by the simulator's clock; not negative
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
     * Sends the event late.
     *
     * @param delay how late, by the simulator's clock; not negative
     */
    public void delay(Duration delay) {
        check(delay);
        begin(delivery -> sender.sendLater(delivery, delay));
    }

    /**
     * Sends the event out of order: only when the first try of the next one has been answered. If there is no next one
     * it is never sent.
     */
    public void afterNext() {
        begin(sender::sendAfterNext);
    }

    /**
     * Holds events until the test lets them go; {@link Hold#cut} loses them.
     *
     * @return the gate at which they wait
     */
    public Hold hold() {
        Hold opened = new Hold();
        hold = opened;
        begin(delivery -> sender.sendThrough(opened, delivery));
        return opened;
    }

    /**
     * Lets a stranger be faster: a forged copy is sent, once, and the true event when that has been answered.
     *
     * @param forgery what is wrong with the copy
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
     * Sends an event that says something else, properly signed.
     *
     * @param change what to do to the body
     */
    public void rewrite(Consumer<ObjectNode> change) {
        begin(delivery -> {
            delivery.replaceEvent(delivery.event().with(change));
            sender.send(delivery);
        });
    }

    private static void check(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Nothing is sent before its time, as by " + time);
        }
    }

    private void begin(Effect chosen) {
        if (effect != null) {
            throw new IllegalStateException("This rule has its effect already; begin another with on(…)");
        }
        effect = chosen;
        rules.add(this::use, this::isSpent, hold);
    }

    /**
     * What happens to this event by this rule, counted as one use; null when it is not meant. Guarded by the list of
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
