package io.github.camelsora.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a trouble that lasts is reported: at once, and again after growing pauses. Thread-safe. */
public final class ReportPauses {
    /** The pauses between the reports of one trouble; the last one holds from there on. */
    static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));

    private int reports;
    private Instant nextReport = Instant.MIN;

    /**
     * The trouble exists now.
     *
     * @return how long it is not reported from now on; empty if it is not reported now
     */
    public synchronized Optional<Duration> report(Instant now) {
        if (now.isBefore(nextReport)) {
            return Optional.empty();
        }
        Duration pause = PAUSES.get(Math.min(reports, PAUSES.size() - 1));
        nextReport = now.plus(pause);
        reports++;
        return Optional.of(pause);
    }

    /** How often the trouble was reported since it began. */
    synchronized int reports() {
        return reports;
    }

    /** The trouble is over. The next one is reported a minute later at the earliest. */
    public synchronized void end(Instant now) {
        if (reports > 0) {
            reports = 0;
            nextReport = now.plus(PAUSES.get(0));
        }
    }
}
