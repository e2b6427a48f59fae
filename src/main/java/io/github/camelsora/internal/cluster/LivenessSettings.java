package io.github.camelsora.internal.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How the threads of a JVM are watched.
 *
 * @param nanoTime counts the nanoseconds of this JVM
 * @param interval the time between two checks
 * @param confirmation how long a submit waits for a problem to go away that no check has confirmed yet: after a pause of the whole
 *     JVM everything seems dead for a moment
 */
public record LivenessSettings(LongSupplier nanoTime, Duration interval, Duration confirmation) {
    public static final LivenessSettings DEFAULT =
            new LivenessSettings(System::nanoTime, Duration.ofSeconds(3), Duration.ofSeconds(1));
}
