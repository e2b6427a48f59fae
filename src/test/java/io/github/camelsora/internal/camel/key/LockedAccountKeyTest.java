package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another transaction holds the lock of an account whose spending is limited, for longer than the database waits. */
class LockedAccountKeyTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    private final JdbcConnectionPool database = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=50", "sa", "");

    @BeforeEach
    void limitSpending() throws Exception {
        sora().setDataSource(database);
        options().setCreditPrices("sora-2=" + PRICE);
        options().setSpendLimit(5 * PRICE + "/1d");
        start();
    }

    @AfterEach
    void closeTheDatabase() {
        database.dispose();
    }

    private Exchange sendWhileTheAccountIsLocked(String key) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(statement.executeUpdate("UPDATE sora_account SET bookings = bookings + 1"))
                    .isEqualTo(1);
            try {
                return send(remix, "A puppy", KEY, key);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Test
    void aKnownKeyIsAnswered() throws Exception {
        VideoTask first = send(remix, "A puppy", KEY, "order-1").getMessage().getBody(VideoTask.class);

        Exchange again = sendWhileTheAccountIsLocked("order-1");

        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getBody(VideoTask.class).id()).isEqualTo(first.id());
        assertPaid(1);
    }

    @Test
    void aNewKeyOfTheUserIsNotSentAndSafeToSendAgain() throws Exception {
        send(remix, "A puppy", KEY, "order-1");

        Exchange out = sendWhileTheAccountIsLocked("order-2");

        ServiceUnavailableException failure = failureOf(out, ServiceUnavailableException.class);
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure.isSafeToResend()).isTrue();
        assertThat(failure).hasMessageContainingAll("order-2", "Nothing was paid");
        assertThat(send(remix, "A puppy", KEY, "order-2").getException()).isNull();
        assertPaid(2);
    }
}
