package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A rule by which the simulator misbehaves: for which calls, how often, and how. It is made by
 * {@link ToApisSimulator#on}, narrowed by {@link #times} and {@link #when}, and takes effect with the method that says
 * what happens. Each call meets the first rule that fits it and has not been used up, in the order in which rules were
 * made.
 *
 * <p>By default the misbehaviour comes <em>instead</em> of processing: nothing is accepted, nothing is charged. After
 * {@link #afterProcessing} it hits the answer only: the work is done and paid for, and the client does not hear of it
 * as it should.
 */
public final class FaultRule {

    /** What happens to a call, given how to process it. */
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
     * Limits how many calls this rule hits. Without a limit it hits all of them until
     * {@link ToApisSimulator#clearFaults}.
     *
     * @param times at least 1
     * @return this
     */
    public FaultRule times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("A rule is for one call at least, not " + times);
        }
        timesLeft = times;
        return this;
    }

    /**
     * Limits which requests this rule hits; those that do not fit are not counted.
     *
     * @param condition on the request as it was received; all that are given must hold
     * @return this
     */
    public FaultRule when(Predicate<ReceivedRequest> condition) {
        this.condition = this.condition.and(condition);
        return this;
    }

    /**
     * Lets the call be processed first: a submit is accepted and charged if it deserves it.
     *
     * @return this
     */
    public FaultRule afterProcessing() {
        afterProcessing = true;
        return this;
    }

    /** Closes the connection without one byte of an answer. */
    public void cut() {
        instead(Answer.NOTHING);
    }

    /**
     * Gives this answer.
     *
     * @param status an HTTP status, from 200
     * @param body the body, empty for none; JSON unless a header says otherwise
     * @param headers such as {@code "Retry-After: 1"} or {@code "Location: https://…"}
     */
    public void answer(int status, String body, String... headers) {
        instead(Answer.canned(status, body, headers));
    }

    /**
     * Answers with an error of the service, in the shape that is set at that time.
     *
     * @param error which one
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
     * Holds calls until the test lets them go.
     *
     * @return the gate at which they wait
     */
    public Hold hold() {
        Hold gate = new Hold();
        boolean after = afterProcessing;
        hold = gate;
        begin(processing -> {
            if (after) {
                Answer answer = processing.get();
                return gate.pass() ? answer : Answer.NOTHING;
            }
            return gate.pass() ? processing.get() : Answer.NOTHING;
        });
        return gate;
    }

    /**
     * Makes calls take longer.
     *
     * @param delay by the machine's clock
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
     * Processes the call and lets {@code Content-Length} claim more or fewer bytes than are sent before the connection
     * closes.
     *
     * @param difference what is added to the true length
     */
    public void wrongLength(int difference) {
        begin(processing -> processing.get().misdeclared(difference));
    }

    /** Processes the call and sends the answer whole, in chunks and without {@code Content-Length}. */
    public void withoutLength() {
        begin(processing -> processing.get().undeclared());
    }

    /**
     * Processes the call and sends the answer byte by byte, headers included, until the client hangs up.
     *
     * @param pause how long each byte takes, by the machine's clock
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
            throw new IllegalStateException("This rule has its effect already; begin another with on(…)");
        }
        this.effect = effect;
        faults.rules().add(this::use, this::isSpent, hold);
    }

    /**
     * What happens to this request by this rule, counted as one use; null when it is not meant. Guarded by the list of
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
