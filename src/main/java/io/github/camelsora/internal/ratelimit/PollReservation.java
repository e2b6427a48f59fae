package io.github.camelsora.internal.ratelimit;

import java.time.Duration;

/** The next question for one task, as its schedule wants it, among all that are wanted. */
public final class PollReservation {
    /** None is planned. */
    public static final PollReservation NONE = new PollReservation(null, 0, Duration.ZERO);

    private final PollRateBudget demand;
    private final double perSecond;
    private final Duration pause;
    private boolean isOver;

    PollReservation(PollRateBudget demand, double perSecond, Duration pause) {
        this.demand = demand;
        this.perSecond = perSecond;
        this.pause = pause;
    }

    /**
     * How long to wait for it.
     *
     * @return the pause that the schedule wants, stretched like all others when there are too many
     */
    public Duration pause() {
        return pause;
    }

    /** It is no longer wanted: another one is planned in its place, or its task has ended. May be called again. */
    public void release() {
        if (demand != null && !isOver) {
            isOver = true;
            demand.release(perSecond);
        }
    }
}
