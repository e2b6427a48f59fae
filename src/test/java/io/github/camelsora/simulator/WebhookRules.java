package io.github.camelsora.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rules by which events go astray, in the order in which they were made, and the gates that they opened. */
final class WebhookRules {

    private final List<WebhookRule> rules = new ArrayList<>();
    private final List<Hold> gates = new ArrayList<>();

    synchronized void add(WebhookRule rule, Hold gate) {
        rules.add(rule);
        if (gate != null) {
            gates.add(gate);
        }
    }

    /** What happens to this event; null if it simply is sent. */
    synchronized WebhookRule.Effect take(WebhookEvent event) {
        gates.removeIf(Hold::isOpen);
        for (WebhookRule rule : rules) {
            WebhookRule.Effect effect = rule.use(event);
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

    /** Forgets all rules and what is held. */
    void cut() {
        clear(Hold::cut);
    }

    private synchronized void clear(Consumer<Hold> ending) {
        rules.clear();
        gates.forEach(ending);
        gates.clear();
    }
}
