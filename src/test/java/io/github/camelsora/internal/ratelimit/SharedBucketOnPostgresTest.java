package io.github.camelsora.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Two accounts of one name, as two JVMs have them, share one bucket in a real PostgreSQL. */
class SharedBucketOnPostgresTest {
    private static final int BURST = 30;

    @Test
    void togetherTheySendNoMoreThanOneMay() throws SQLException {
        DataSource database = Postgres.freshDatabase();
        createTable(database);
        AtomicInteger passed = new AtomicInteger();

        for (int jvm = 0; jvm < 2; jvm++) {
            ManualTime time = new ManualTime();
            AccountRateLimiter account = new RateLimiters(time, time.timers(), time, size -> {}, manager(database))
                    .of("default", "https://a");
            // So slow that none comes back during the test.
            account.setLimits(new RateLimits(new RateLimit(0.0001, BURST), RateLimit.UNLIMITED));
            for (int i = 0; i < BURST; i++) {
                account.submits().acquire("", i, passed::incrementAndGet);
            }
            time.runQueued();
        }

        assertThat(passed).hasValue(BURST);
    }

    private static void createTable(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bucket (id VARCHAR PRIMARY KEY, state BYTEA, expires_at BIGINT)");
        }
    }

    private static ProxyManager<String> manager(DataSource database) {
        return Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .build();
    }
}
