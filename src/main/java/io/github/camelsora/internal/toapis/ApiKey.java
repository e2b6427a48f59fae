package io.github.camelsora.internal.toapis;

import io.github.camelsora.internal.time.Retry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The API key of an account. One that comes from a source is read again when the service has rejected it, so that it can be
 * replaced while the JVM runs. Thread-safe.
 */
public final class ApiKey {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKey.class);

    /** How long after the end of a reading, whatever it has found, a rejected call does not read again. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final String origin;
    private final Supplier<String> source;
    private final InstantSource clock;
    private volatile String value;
    private volatile Fingerprint fingerprint;
    private Instant nextReading = Instant.MIN;
    private int failedReadings;

    private record Fingerprint(String key, String digits) {
        /** Without the key. */
        @Override
        public String toString() {
            return digits;
        }
    }

    private ApiKey(String origin, Supplier<String> source, InstantSource clock, String value) {
        this.origin = origin;
        this.source = source;
        this.clock = clock;
        this.value = value;
    }

    /** A key that never changes. */
    public static ApiKey fixed(String value) {
        return new ApiKey(null, null, null, value);
    }

    /**
     * A key that is read now, and again when it is rejected.
     *
     * @param origin what the key is read from, for the log, say {@code file:/run/secrets/toapis}
     * @param source reads it
     * @param clock for the pauses between two readings
     * @throws RuntimeException if the source throws it
     */
    public static ApiKey from(String origin, Supplier<String> source, InstantSource clock) {
        return new ApiKey(origin, source, clock, source.get());
    }

    /** The key as it is known now. */
    public String value() {
        return value;
    }

    /** Tells keys apart without naming them: 16 hexadecimal digits, from which the key cannot be computed. */
    public String fingerprint() {
        String key = value;
        Fingerprint known = fingerprint;
        if (known == null || !known.key().equals(key)) {
            known = new Fingerprint(key, KeyFingerprint.of(key));
            fingerprint = known;
        }
        return known.digits();
    }

    /** Tells whether both are one key: by where they come from, or by their values now. */
    public boolean isSame(ApiKey other) {
        return origin != null && origin.equals(other.origin) || value.equals(other.value);
    }

    /**
     * The service has rejected a call because of its key, or for lack of credits: reads the source, unless that was done a moment
     * ago.
     *
     * @param rejected the key of the call
     * @return true when there is another key now, with which the call may succeed
     */
    boolean isReplaced(String rejected) {
        if (source == null) {
            return false;
        }
        // Calls that were rejected together wait for one reading.
        synchronized (this) {
            if (rejected.equals(value) && !clock.instant().isBefore(nextReading)) {
                read();
            }
            return !rejected.equals(value);
        }
    }

    private void read() {
        try {
            String read = source.get();
            failedReadings = 0;
            if (!read.equals(value)) {
                value = read;
                LOG.info("The API key was read again: {} holds another one, which is used from now on", origin);
            }
        } catch (RuntimeException | Error e) {
            // A source is code of others, and the call was answered: nothing was paid.
            failedReadings++;
            report(e);
        } finally {
            // After the reading, which may be long: the calls that have waited for it must not read one after the
            // other.
            nextReading = clock.instant().plus(PAUSE);
        }
    }

    /** Without a stack trace: the messages of its causes could contain the key. */
    private void report(Throwable failure) {
        LOG.atLevel(Retry.isReported(failedReadings) ? Level.WARN : Level.DEBUG)
                .log(
                        "The service refuses the API key, and it could not be read again from {}; it is read again after the next"
                                + " refused call ({} readings in a row have failed, the last one with {}: {})",
                        origin,
                        failedReadings,
                        failure.getClass().getName(),
                        Redaction.of(failure.getMessage(), value));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return origin == null ? "an API key" : "the API key of " + origin;
    }
}
