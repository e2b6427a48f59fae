package io.github.camelsora.benchmark.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.benchmark.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a program does wrong is in its books. */
@Execution(ExecutionMode.CONCURRENT)
class RivalRunTest {
    private static final Path FOLDER = Path.of("target", "rivals-test");
    private static final int ORDERS = 20;

    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @Test
    void aSecondPaymentIsSeen() throws Exception {
        RivalBooks books = run("pays-twice");

        assertThat(books.paidTwice()).hasSize(ORDERS);
        assertThat(books.paidTooMuch()).isGreaterThanOrEqualTo(ORDERS);
        assertThat(books.neverPaid()).isZero();
        assertThat(books.paidNotDelivered()).isEmpty();
    }

    @Test
    void aPaymentWithoutADeliveryIsSeen() throws Exception {
        RivalBooks books = run("delivers-nothing");

        assertThat(books.paidNotDelivered()).hasSize(ORDERS);
        assertThat(books.notified()).isEmpty();
        assertThat(books.neverPaid()).isZero();
    }

    @Test
    void aNotificationWithoutAVideoIsNoDelivery() throws Exception {
        RivalBooks books = run("stores-nothing");

        assertThat(books.notified()).hasSize(ORDERS);
        assertThat(books.stored()).isEmpty();
        assertThat(books.paidNotDelivered()).hasSize(ORDERS);
    }

    @Test
    void aSecondNotificationIsSeen() throws Exception {
        RivalBooks books = run("notifies-twice");

        assertThat(books.deliveredTwice()).isGreaterThanOrEqualTo(ORDERS);
        assertThat(books.repeatedOverKill()).hasSizeLessThan(books.deliveredTwice());
        assertThat(books.paidNotDelivered()).isEmpty();
    }

    @Test
    void aProgramThatIsNotStartedHasPaidNothing() throws Exception {
        Rival absent = rival("absent", "io.github.camelsora.benchmark.rivals.ThereIsNoSuchClass");

        RivalBooks books = RivalRun.run(absent, tiny(Duration.ofSeconds(1)), postgres, FOLDER);

        assertThat(books.neverPaid()).isEqualTo(ORDERS);
        assertThat(books.paidNotDelivered()).isEmpty();
        assertThat(books.submits()).isZero();
        assertThat(books.faults()).isEqualTo(new RivalBooks.Faults(0, 0, 0, 0));
    }

    private static RivalBooks run(String fault) throws Exception {
        return RivalRun.run(rival(fault, FakeProgram.class.getName()), tiny(Duration.ofSeconds(20)), postgres, FOLDER);
    }

    private static Scenario tiny(Duration patience) {
        return new Scenario(
                true,
                1,
                ORDERS,
                2,
                Duration.ofSeconds(1),
                Duration.ofMillis(20),
                Duration.ZERO,
                patience,
                Duration.ofMillis(100),
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    private static Rival rival(String name, String program) {
        return Rival.of(name, name, Optional.empty(), program).withOptions("-Dfake.fault=" + name);
    }
}
