package io.github.camelsora.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that something cannot be reached: a warning when that begins, further ones with growing pauses while it lasts, and a line
 * when it is over. All calls to the same thing share one log, so that an outage is not reported by each of them. Thread-safe.
 */
public final class OutageLog {
    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    /** One failure may be a connection that was cut; the second in a row confirms an outage. */
    private static final int CONFIRMED = 2;

    private final InstantSource clock;
    private final String subject;
    private final String consequence;
    private final ReportPauses pauses = new ReportPauses();
    private volatile int failures;
    private volatile Failures last;
    private Instant since;
    private volatile boolean isClosed;

    /**
     * Calls that have failed in a row.
     *
     * @param since when the first of them failed
     * @param at when the last of them failed
     * @param count how many they are
     * @param reason why the last one failed, as a clause
     */
    public record Failures(Instant since, Instant at, int count, String reason) {}

    /**
     * Creates a log without an outage.
     *
     * @param clock the clock of outages and pauses
     * @param subject what is called, as the beginning of a sentence, say {@code The ledger}
     * @param consequence what an outage leads to, as sentences without the last full stop
     */
    public OutageLog(InstantSource clock, String subject, String consequence) {
        this.clock = clock;
        this.subject = subject;
        this.consequence = consequence;
    }

    /**
     * A call has failed.
     *
     * @param reason why, as a clause without a full stop
     */
    public void failed(String reason) {
        report(onFailure(reason));
    }

    private synchronized Runnable onFailure(String reason) {
        Instant now = clock.instant();
        since = failures == 0 ? now : since;
        last = new Failures(since, now, failures + 1, reason);
        failures++;
        if (isClosed || failures < CONFIRMED) {
            return null;
        }
        Duration length = Duration.between(since, now);
        return pauses.report(now)
                .map(pause -> warning(length, failures, pauses.reports() == 1, reason, pause))
                .orElse(null);
    }

    private Runnable warning(Duration length, int calls, boolean isFirst, String reason, Duration pause) {
        return () -> LOG.warn(
                "{} {}: {} calls in a row have failed within {} s ({}). {}. The next report of this comes in {} min at the"
                        + " earliest",
                subject,
                isFirst ? "cannot be reached" : "still cannot be reached",
                calls,
                length.toSeconds(),
                reason,
                consequence,
                pause.toMinutes());
    }

    /** A call was answered. */
    public void succeeded() {
        // Usually this is all.
        if (failures > 0) {
            report(onEnd());
        }
    }

    private synchronized Runnable onEnd() {
        Instant now = clock.instant();
        boolean isReported = pauses.reports() > 0;
        int calls = failures;
        failures = 0;
        pauses.end(now);
        if (!isReported) {
            return null;
        }
        long seconds = Duration.between(since, now).toSeconds();
        return () -> LOG.warn("{} can be reached again, after {} s in which {} calls failed", subject, seconds, calls);
    }

    /** The calls that have failed since the last one was answered, if that confirms an outage. Never blocks. */
    public Optional<Failures> outage() {
        return failures < CONFIRMED ? Optional.empty() : lastFailures();
    }

    /** The last calls that have failed, even if others were answered since. Never blocks. */
    public Optional<Failures> lastFailures() {
        return Optional.ofNullable(last);
    }

    /** Not under the monitor: an appender may block. */
    private static void report(Runnable line) {
        if (line != null) {
            GuardedCall.run("Logging an outage", line);
        }
    }

    /** Reports no outage any more, because connections are closed from this side. */
    public void close() {
        isClosed = true;
    }
}
