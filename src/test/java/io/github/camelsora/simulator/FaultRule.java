package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A rule that makes calls fail. {@link ToApisSimulator#on} begins it, {@link #times} and {@link #when} restrict it, and the
 * method that says what happens activates it. The first matching rule that is not used up applies to a call, in the order
 * in which rules were activated.
 *
 * <p>By default the fault happens <em>instead</em> of processing: nothing is accepted, nothing is charged. With
 * {@link #afterProcessing} the call is processed, and charged if it is a submit; only its answer is lost or replaced.
 */
public final class FaultRule {

    /** What happens to a call, given its processing. */
    interface Effect {
        Answer apply(Supplier<Answer> processing) throws InterruptedException;
    }

    private final Faults faults;
    private final Settings settings;
    private final Call call;
    private Predicate<ReceivedRequest> condition = request -> true;
    private int timesLeft = Integer.MAX_VALUE;
    private boolean afterProcessing;
    private Hold hold;
    private Effect effect;

    FaultRule(Faults faults, Settings settings, Call call) {
        this.faults = faults;
        this.settings = settings;
        this.call = call;
    }

    /**
     * Limits the number of calls to which this rule applies. Without a limit it applies to all matching calls until
     * {@link ToApisSimulator#clearFaults}.
     *
     * @param times at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FaultRule times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, not " + times);
        }
        timesLeft = times;
        return this;
    }

    /**
     * Limits the requests to which this rule applies. Requests that do not match are not counted.
     *
     * @param condition on the request as it was received; if this is called several times, all conditions must hold
     * @return this
     */
    public FaultRule when(Predicate<ReceivedRequest> condition) {
        this.condition = this.condition.and(condition);
        return this;
    }

    /**
     * Processes the call before the fault: a valid submit is accepted and charged.
     *
     * @return this
     */
    public FaultRule afterProcessing() {
        afterProcessing = true;
        return this;
    }

    /** Closes the connection without a byte of an answer. */
    public void cut() {
        instead(Answer.NOTHING);
    }

    /**
     * Sends this answer.
     *
     * @param status an HTTP status from 200 to 599
     * @param body the body, empty for none; JSON unless a header says otherwise
     * @param headers such as {@code "Retry-After: 1"} or {@code "Location: https://…"}
     * @throws IllegalArgumentException if the status is out of range, or a header is malformed or sets the length
     */
    public void answer(int status, String body, String... headers) {
        instead(Answer.canned(status, body, headers));
    }

    /**
     * Sends an error of the service, in the error shape that is configured when the call arrives.
     *
     * @param error the error
     */
    public void refuse(ApiError error) {
        boolean after = afterProcessing;
        begin(processing -> {
            if (after) {
                processing.get();
            }
            return settings.errorShape.answer(error, error.message());
        });
    }

    /**
     * Holds calls until the test releases or cuts them.
     *
     * @return the hold by which the test does that
     */
    public Hold hold() {
        Hold newHold = new Hold();
        boolean after = afterProcessing;
        hold = newHold;
        begin(processing -> {
            if (after) {
                Answer answer = processing.get();
                return newHold.pass() ? answer : Answer.NOTHING;
            }
            return newHold.pass() ? processing.get() : Answer.NOTHING;
        });
        return newHold;
    }

    /**
     * Delays calls.
     *
     * @param delay how long, by the machine's clock
     */
    public void delay(Duration delay) {
        boolean after = afterProcessing;
        begin(processing -> {
            Answer answer = after ? processing.get() : null;
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            return after ? answer : processing.get();
        });
    }

    /** Processes the call and closes the connection in the middle of the answer's body. */
    public void cutBody() {
        begin(processing -> processing.get().half());
    }

    /**
     * Processes the call and sends a wrong {@code Content-Length}; the connection closes after the true body.
     *
     * @param difference bytes added to the true length, negative for a shorter one
     */
    public void wrongLength(int difference) {
        begin(processing -> processing.get().misdeclared(difference));
    }

    /** Processes the call and sends the complete answer in chunks, without {@code Content-Length}. */
    public void withoutLength() {
        begin(processing -> processing.get().undeclared());
    }

    /**
     * Processes the call and sends the answer byte by byte, headers included, until the client hangs up.
     *
     * @param pause the time before each byte, by the machine's clock
     */
    public void drip(Duration pause) {
        begin(processing -> processing.get().dripping(pause));
    }

    private void instead(Answer answer) {
        boolean after = afterProcessing;
        begin(processing -> {
            if (after) {
                processing.get();
            }
            return answer;
        });
    }

    private void begin(Effect effect) {
        if (this.effect != null) {
            throw new IllegalStateException("This rule already has an effect; begin another rule with on(…)");
        }
        this.effect = effect;
        faults.rules().add(this::use, this::isSpent, hold);
    }

    /**
     * The effect of this rule on a request, counted as one use; null if the rule does not match. Guarded by the list of
     * rules.
     */
    private Effect use(ReceivedRequest request) {
        if (!call.covers(request.call()) || isSpent() || !condition.test(request)) {
            return null;
        }
        timesLeft--;
        return effect;
    }

    private boolean isSpent() {
        return timesLeft == 0 || hold != null && hold.isOpen();
    }
}
