package io.github.camelsora.benchmark.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each rival at its small size, and checks what is certain of it. */
class RivalsTest {
    private static final Path FOLDER = Path.of("target", "rivals-test");
    private static final Scenario SMALL = Scenario.of(new Effort(true, 1));

    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    static List<Rival> rivals() {
        return Rivals.ALL;
    }

    @ParameterizedTest
    @MethodSource("rivals")
    @Execution(ExecutionMode.CONCURRENT)
    void theBooksOfEachRivalAddUp(Rival rival) throws Exception {
        RivalBooks books = RivalRun.run(rival, SMALL, postgres, FOLDER);

        System.out.println(rival + ": " + books);
        assertThat(books.faults().lost()).isPositive();
        assertThat(books.faults().unavailable()).isPositive();
        assertThat(books.faults().limited()).isPositive();
        assertThat(books.faults().acceptedBeforeKill()).isGreaterThanOrEqualTo(SMALL.acceptedBeforeKill());
        assertThat(books.hasEnded()).isFalse();
        assertThat(books.paid().keySet()).isSubsetOf(orders());
        assertThat(books.notified().keySet()).isSubsetOf(books.paid().keySet());
        assertThat(books.stored()).isSubsetOf(books.paid().keySet());
        assertThat(books.submits())
                .isEqualTo(books.orders()
                        - books.neverPaid()
                        + books.paidTooMuch()
                        + books.faults().unavailable()
                        + books.faults().limited());
        assertThat(books.gets()).isGreaterThanOrEqualTo(books.notified().size());
        assertThat(books.threads()).isPositive();
        assertThat(books.lines()).isPositive();
        isAsThePageSays(books);
    }

    private static void isAsThePageSays(RivalBooks books) throws SQLException {
        int lost = (int) books.faults().lost();
        switch (books.rival().name()) {
            // What waited at the kill is skipped after the restart.
            case "camel" -> assertThat(books.paidNotDelivered()).isNotEmpty();
            // A lost answer looks like a lost connection, after which the SDK sends again.
            case "openai-java" -> assertThat(books.paidTooMuch()).isGreaterThanOrEqualTo(lost);
            // A lost answer is left to a person.
            case "camel-sql", "openai-java-once", "db-scheduler", "temporal" -> {
                assertThat(books.paidTwice()).isEmpty();
                assertThat(books.paidNotDelivered()).hasSizeGreaterThanOrEqualTo(lost);
            }
            // A search that finds nothing is taken for the proof that nothing was accepted.
            case "temporal-vain-look-up" -> assertThat(books.paidTooMuch()).isGreaterThanOrEqualTo(lost);
            // The search finds what was paid for, and is repeated.
            case "camel-sql-look-up", "temporal-look-up" -> {
                assertThat(books.paidTwice()).isEmpty();
                assertThat(books.paidNotDelivered()).isEmpty();
            }
            case "camel-sora" -> {
                assertThat(books.paidNotDelivered()).isEmpty();
                isNeitherPaidTwiceNorLostInSilence(books);
            }
            case "camel-sora-vain-look-up" -> isNeitherPaidTwiceNorLostInSilence(books);
            default -> throw new IllegalArgumentException("The page says nothing of " + books.rival());
        }
    }

    private static void isNeitherPaidTwiceNorLostInSilence(RivalBooks books) throws SQLException {
        assertThat(books.paidTwice()).isEmpty();
        Set<String> withoutVideo = orders();
        withoutVideo.removeAll(books.notified().keySet());
        // A submit whose answer was lost, by a fault, by the outage or by the kill, and that is not found.
        assertThat(keysOfUnknownTasks(books.database())).containsExactlyInAnyOrderElementsOf(withoutVideo);
        // At least once: what was notified when the program was killed may be notified again, and nothing else.
        assertThat(books.deliveredTwice()).isEqualTo(books.repeatedOverKill().size());
    }

    private static Set<String> keysOfUnknownTasks(String database) throws SQLException {
        Set<String> keys = new TreeSet<>();
        try (Connection connection =
                        DriverManager.getConnection(database, PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT task_key FROM sora_task WHERE state = 'UNKNOWN'")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    private static Set<String> orders() {
        return Order.all(SMALL.orders()).stream().map(Order::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
