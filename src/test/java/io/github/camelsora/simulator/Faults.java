package io.github.camelsora.simulator;

import java.util.function.Supplier;

/** How the simulator misbehaves: the rules for requests, and what they do to an answer. */
final class Faults {

    private final RuleList<ReceivedRequest, FaultRule.Effect> rules = new RuleList<>();

    RuleList<ReceivedRequest, FaultRule.Effect> rules() {
        return rules;
    }

    Answer apply(ReceivedRequest request, Supplier<Answer> processing) {
        FaultRule.Effect effect = rules.firstEffect(request);
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
}
