package io.github.camelsora.simulator;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Where each request goes first, on either host: written down, met by a fault if one is meant for it, else processed.
 */
final class Reception {

    private final SimulatorClock clock;
    private final Settings settings;
    private final Journal journal;
    private final Faults faults;
    private final BiConsumer<ReceivedRequest, Integer> onAnswer;

    Reception(
            SimulatorClock clock,
            Settings settings,
            Journal journal,
            Faults faults,
            BiConsumer<ReceivedRequest, Integer> onAnswer) {
        this.clock = clock;
        this.settings = settings;
        this.journal = journal;
        this.faults = faults;
        this.onAnswer = onAnswer;
    }

    ReceivedRequest receive(Incoming incoming, Call call) {
        return journal.received(incoming, call, clock.instant());
    }

    Answer answer(ReceivedRequest request, Supplier<Answer> processing) {
        try {
            Answer answer = faults.apply(request, () -> process(processing));
            onAnswer.accept(request, answer.status());
            return answer;
        } catch (RuntimeException e) {
            // Code of the user's, such as a rule's condition, must not end as a cut connection that nobody can explain.
            return Answer.text(500, "text/plain", "The simulator failed: " + e);
        }
    }

    private Answer process(Supplier<Answer> processing) {
        try {
            return processing.get();
        } catch (Refusal refusal) {
            return settings.errorShape.answer(refusal.error(), refusal.getMessage());
        }
    }
}
