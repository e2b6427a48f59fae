package io.github.camelsora.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Routes run, are suspended and resumed, and stop once. */
class RoutePhaseTest {
    private final RoutePhase phase = new RoutePhase();

    @Test
    void routesRunAtFirst() {
        assertThat(phase.isSuspendedOrStopped()).isFalse();
        assertThat(phase.isStopped()).isFalse();
    }

    @Test
    void aSuspensionEndsWaitsUntilItIsResumed() {
        assertThat(phase.suspend()).isTrue();
        assertThat(phase.isSuspendedOrStopped()).isTrue();
        assertThat(phase.isStopped()).isFalse();

        phase.resume();

        assertThat(phase.isSuspendedOrStopped()).isFalse();
    }

    @Test
    void aStopIsNeitherSuspendedNorResumed() {
        phase.stop();

        assertThat(phase.suspend()).isFalse();
        phase.resume();

        assertThat(phase.isStopped()).isTrue();
        assertThat(phase.isSuspendedOrStopped()).isTrue();
    }
}
