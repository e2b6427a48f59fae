package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.time.OutageLog.Failures;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An outage is reported when it begins, with growing pauses while it lasts, and when it is over. */
class OutageLogTest {
    private final ManualTime time = new ManualTime();
    private final WarningCapture log = WarningCapture.of(OutageLog.class);
    private final OutageLog outage = new OutageLog(time, "The service", "Submits are sent again");

    @AfterEach
    void stop() {
        log.close();
    }

    private void failEverySecondFor(Duration length) {
        for (long i = 0; i < length.toSeconds(); i++) {
            time.advance(Duration.ofSeconds(1));
            outage.failed("the connection was refused");
        }
    }

    @Test
    void oneFailedCallIsNoOutage() {
        outage.failed("the connection was cut");
        outage.succeeded();
        outage.failed("the connection was cut");
        outage.succeeded();

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void theSecondFailureInARowIsReportedWithItsReasonAndWhatFollows() {
        outage.failed("the connection was cut");
        time.advance(Duration.ofSeconds(3));
        outage.failed("the connection was refused");

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN The service cannot be reached: 2 calls in a row have failed within 3 s")
                .contains("(the connection was refused). Submits are sent again.", "in 1 min at the earliest");
    }

    @Test
    void anOutageIsKnownFromItsSecondFailureUntilACallIsAnswered() {
        outage.failed("the connection was cut");
        assertThat(outage.outage()).isEmpty();
        Instant first = time.instant();
        time.advance(Duration.ofSeconds(3));

        outage.failed("the connection was refused");

        Failures known = new Failures(first, time.instant(), 2, "the connection was refused");
        assertThat(outage.outage()).contains(known);
        outage.succeeded();
        assertThat(outage.outage()).isEmpty();
        assertThat(outage.lastFailures()).contains(known);
    }

    @Test
    void anOutageOfThreeHoursIsReportedSixTimes() {
        outage.failed("the connection was refused");

        failEverySecondFor(Duration.ofHours(3));

        // After 1 s, 1 min, 6 min, 21 min, 81 min and 141 min.
        assertThat(log.lines()).hasSize(6);
        assertThat(log.lines().subList(1, 6))
                .allSatisfy(line -> assertThat(line).contains("still cannot be reached"));
        assertThat(log.lines().get(3)).contains("1262 calls in a row", "within 1261 s", "in 60 min at the earliest");
    }

    @Test
    void theEndIsReportedOnceWithItsLengthAndTheCallsThatFailed() {
        outage.failed("the connection was refused");
        failEverySecondFor(Duration.ofSeconds(90));
        time.advance(Duration.ofSeconds(10));

        outage.succeeded();
        outage.succeeded();

        assertThat(log.lines())
                .hasSize(3)
                .last()
                .asString()
                .isEqualTo("WARN The service can be reached again, after 100 s in which 91 calls failed");
    }

    @Test
    void whatFailsAgainAndAgainIsReportedOnceAMinute() {
        for (int i = 0; i < 60; i++) {
            failEverySecondFor(Duration.ofSeconds(4));
            time.advance(Duration.ofSeconds(1));
            outage.succeeded();
        }

        // Five minutes, and in each of them a beginning and an end.
        assertThat(log.lines()).hasSize(10);
    }

    @Test
    void aNewOutageBeginsWithTheShortestPauseAgain() {
        failEverySecondFor(Duration.ofHours(3));
        outage.succeeded();
        time.advance(Duration.ofHours(1));
        int before = log.lines().size();

        failEverySecondFor(Duration.ofSeconds(70));

        assertThat(log.lines().subList(before, log.lines().size()))
                .hasSize(2)
                .first()
                .asString()
                .contains("The service cannot be reached", "in 1 min");
    }

    @Test
    void nothingIsReportedOfConnectionsThatAreClosedFromHere() {
        outage.close();

        failEverySecondFor(Duration.ofMinutes(2));

        assertThat(log.lines()).isEmpty();
    }
}
