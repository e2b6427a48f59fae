package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.internal.ledger.LedgerRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOON = LedgerRecords.NOON;

    private final AtomicLong counter = new AtomicLong(-17);
    private final DatabaseClock clock = new DatabaseClock(counter::get);

    @Test
    void itContinuesFromTheTimeThatItWasSetTo() {
        setAfter(Duration.ZERO, NOON);

        pass(Duration.ofSeconds(90));

        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(90));
    }

    @Test
    void itsTimeIsInWholeMilliseconds() {
        setAfter(Duration.ZERO, NOON.plusNanos(1_999_999));

        assertThat(clock.now()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void aSlowAnswerNeverSetsItAheadOfTheDatabase() {
        setAfter(Duration.ofMillis(100), NOON);

        assertThat(clock.now()).isEqualTo(NOON);
    }

    @Test
    void aTimeWithinItsBoundsChangesNothing() {
        setAfter(Duration.ZERO, NOON);
        pass(Duration.ofSeconds(10));

        setAfter(Duration.ofMillis(100), NOON.plusSeconds(10).plusMillis(40));

        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(10).plusMillis(100));
    }

    @Test
    void itFollowsADatabaseWhoseClockIsSetForward() {
        setAfter(Duration.ZERO, NOON);

        setAfter(Duration.ZERO, NOON.plusSeconds(3_600));

        assertThat(clock.now()).isEqualTo(NOON.plusSeconds(3_600));
    }

    @Test
    void itFollowsADatabaseWhoseClockIsSetBack() {
        setAfter(Duration.ZERO, NOON);

        setAfter(Duration.ofMillis(100), NOON.minusSeconds(3_600));

        assertThat(clock.now()).isEqualTo(NOON.minusSeconds(3_600).plusMillis(100));
    }

    @Test
    void itStandsStillWhileADatabaseIsSetBackByALittle() {
        setAfter(Duration.ZERO, NOON);
        Instant before = clock.now();

        setAfter(Duration.ZERO, NOON.minusMillis(700));

        assertThat(clock.now()).isEqualTo(before);
        pass(Duration.ofMillis(699));
        assertThat(clock.now()).isEqualTo(before);
        pass(Duration.ofMillis(2));
        assertThat(clock.now()).isEqualTo(before.plusMillis(1));
    }

    @Test
    void itGoesOnWhileTheDatabaseCannotBeReached() {
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:unavailable", "sa", "");
        JdbcTaskLedger ledger = JdbcTaskLedger.on(database, true);
        Instant before = ledger.now();

        database.dispose();

        assertThat(ledger.now()).isAfterOrEqualTo(before);
    }

    private void pass(Duration time) {
        counter.addAndGet(time.toNanos());
    }

    /** Sets the clock by a time that the database has returned after a while. */
    private void setAfter(Duration answerTime, Instant time) {
        long before = counter.get();
        pass(answerTime);
        clock.set(time, before, counter.get());
    }
}
