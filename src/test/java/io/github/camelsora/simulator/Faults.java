package io.github.camelsora.simulator;

import java.util.function.Supplier;

/** The rules for requests, and their effect on answers. */
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
