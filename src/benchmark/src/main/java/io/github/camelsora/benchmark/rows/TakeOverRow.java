package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/** A JVM has died with many tasks open: how long until the next one follows all of them, and what heap that takes. */
public final class TakeOverRow implements Row {
    private static final double MOST_SECONDS = 15;
    private static final double MOST_KILOBYTES = 3;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 250;
    private static final String DEAD = "a-node-that-has-died";
    private static final String LEFT = "SELECT 1 FROM sora_task WHERE state = ? AND account = ? AND owner = ? LIMIT 1";

    @Override
    public String name() {
        return "takeover";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        int count = effort.of(100_000, 1_000);
        try (Ledgers ledgers = new Ledgers();
                Service service = Service.start(ServiceOptions.tasksThatRunOn());
                CamelContext camel = Contexts.speakingTo(service)) {
            DataSource database = ledgers.freshPostgres();
            // Makes the tables.
            TaskLedger ledger = JdbcTaskLedger.on(database, true);
            Contexts.pollTooLate(camel);
            Contexts.sora(camel).setDataSource(database);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:remix").to("sora:remix?videoId=" + service.source());
                }
            });
            new KeptRecords(database).writeRunning(count, DEAD, service.baseUrl());
            long before = LiveHeap.bytes();
            long begin = System.nanoTime();
            camel.start();
            Await.until(LIMIT, () -> isNothingLeft(database));
            double seconds = (System.nanoTime() - begin) / 1e9;
            double kilobytes = (LiveHeap.bytes() - before) / 1024.0 / count;
            if (ledger.findOwned(TaskLives.ACCOUNT, DEAD).size() > 0) {
                throw new IllegalStateException("Not all of them were taken over");
            }
            String what = Figure.text("%,d open records of a JVM that has died, PostgreSQL: ", count);
            return List.of(
                    Figure.atMost(what + "until the next one follows all", MOST_SECONDS, seconds, "%.1f s"),
                    Figure.atMost(what + "live heap of each", MOST_KILOBYTES, kilobytes, "%.1f KB"));
        }
    }

    private static boolean isNothingLeft(DataSource database) throws SQLException, InterruptedException {
        // Not all the time: the database has other work to do.
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(LEFT)) {
            statement.setString(1, TaskState.RUNNING.name());
            statement.setString(2, TaskLives.ACCOUNT);
            statement.setString(3, DEAD);
            try (ResultSet row = statement.executeQuery()) {
                return !row.next();
            }
        }
    }
}
