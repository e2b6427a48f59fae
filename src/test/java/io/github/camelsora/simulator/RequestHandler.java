package io.github.camelsora.simulator;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Where each request goes first, on either host: written down, met by a fault if one is meant for it, else processed.
 */
final class RequestHandler {

    private final SimulatorClock clock;
    private final Settings settings;
    private final RequestLog log;
    private final Faults faults;
    private final BiConsumer<ReceivedRequest, Integer> onAnswer;

    RequestHandler(
            SimulatorClock clock,
            Settings settings,
            RequestLog log,
            Faults faults,
            BiConsumer<ReceivedRequest, Integer> onAnswer) {
        this.clock = clock;
        this.settings = settings;
        this.log = log;
        this.faults = faults;
        this.onAnswer = onAnswer;
    }

    ReceivedRequest receive(WireRequest incoming, Call call) {
        return log.received(incoming, call, clock.instant());
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
        } catch (ApiErrorException error) {
            return settings.errorShape.answer(error.error(), error.getMessage());
        }
    }
}
