package io.github.camelsora.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Rules in the order in which they were activated, with their holds. Thread-safe.
 *
 * @param <T> what the rules apply to
 * @param <E> the effect of a rule
 */
final class RuleList<T, E> {

    private final List<Rule<T, E>> rules = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    /**
     * One rule.
     *
     * @param use the effect on an item; null if the rule does not match
     * @param isSpent whether the rule is used up
     */
    private record Rule<T, E>(Function<T, E> use, BooleanSupplier isSpent) {}

    /** Adds a rule, with its hold or null. */
    synchronized void add(Function<T, E> use, BooleanSupplier isSpent, Hold hold) {
        rules.add(new Rule<>(use, isSpent));
        if (hold != null) {
            holds.add(hold);
        }
    }

    /** The effect of the first rule that matches; null if none does. */
    synchronized E firstEffect(T something) {
        rules.removeIf(rule -> rule.isSpent().getAsBoolean());
        holds.removeIf(Hold::isOpen);
        for (Rule<T, E> rule : rules) {
            E effect = rule.use().apply(something);
            if (effect != null) {
                return effect;
            }
        }
        return null;
    }

    /** Removes all rules and releases what is held. */
    void clear() {
        clear(Hold::release);
    }

    /** Removes all rules and cuts what is held. */
    void clearAndCut() {
        clear(Hold::cut);
    }

    private synchronized void clear(Consumer<Hold> ending) {
        rules.clear();
        holds.forEach(ending);
        holds.clear();
    }
}
