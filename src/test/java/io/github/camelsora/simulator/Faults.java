package io.github.camelsora.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The rules by which the simulator misbehaves, in the order in which they were made, and the gates that they opened.
 */
final class Faults {

    private final List<FaultRule> rules = new ArrayList<>();
    private final List<Hold> gates = new ArrayList<>();

    synchronized void add(FaultRule rule) {
        rules.add(rule);
        if (rule.gate() != null) {
            gates.add(rule.gate());
        }
    }

    Answer apply(ReceivedRequest request, Supplier<Answer> processing) {
        FaultRule.Effect effect = take(request);
        if (effect == null) {
            return processing.get();
        }
        try {
            return effect.apply(processing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.NOTHING;
        }
    }

    private synchronized FaultRule.Effect take(ReceivedRequest request) {
        rules.removeIf(FaultRule::isSpent);
        gates.removeIf(Hold::isOpen);
        for (FaultRule rule : rules) {
            FaultRule.Effect effect = rule.use(request);
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
    void cut() {
        clear(Hold::cut);
    }

    private synchronized void clear(Consumer<Hold> ending) {
        rules.clear();
        gates.forEach(ending);
        gates.clear();
    }
}
