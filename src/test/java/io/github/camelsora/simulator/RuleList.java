package io.github.camelsora.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rules of one kind of thing, in the order in which they were made, and the gates that they opened. Thread-safe.
 *
 * @param <T> what they are for
 * @param <E> what they make of it
 */
final class RuleList<T, E> {

    private final List<Rule<T, E>> rules = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();

    /**
     * One rule.
     *
     * @param use what it makes of something; null when it is not meant
     * @param isSpent whether it will never be meant again
     */
    private record Rule<T, E>(Function<T, E> use, BooleanSupplier isSpent) {}

    /** Adds a rule, and the gate that it opens, if any. */
    synchronized void add(Function<T, E> use, BooleanSupplier isSpent, Hold gate) {
        rules.add(new Rule<>(use, isSpent));
        if (gate != null) {
            holds.add(gate);
        }
    }

    /** What the first rule that is meant makes of something; null when none is. */
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

    /** Forgets all rules and lets go what is held. */
    void clear() {
        clear(Hold::release);
    }

    /** Forgets all rules and cuts what is held. */
    void clearAndCut() {
        clear(Hold::cut);
    }

    private synchronized void clear(Consumer<Hold> ending) {
        rules.clear();
        holds.forEach(ending);
        holds.clear();
    }
}
