package io.github.camelsora.simulator;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Handles each request of both hosts: records it, applies a matching fault, and processes it otherwise.
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
            // A test's own code, such as the condition of a rule, has thrown. A closed connection would not say why.
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
