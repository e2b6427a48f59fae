package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application on Spring Boot lets the component keep the ledger in a {@link DataSource} that it has anyway. */
class ApplicationDataSourceTest extends SpringTestSupport {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private ToApisSimulator toApis;

    @BeforeEach
    void prepare(ToApisSimulator simulator) {
        toApis = simulator.taskDuration(Duration.ofMillis(50));
        set("base-url", toApis.baseUrl());
        set("api-key", toApis.apiKey());
        set("poll-initial-delay", "20ms");
        set("poll-interval", "20ms");
        set("rate-group", "none");
        set("video-id", toApis.addSource());
        route("sora:remix?requestKey=order-1");
        property("spring.datasource.url", url);
    }

    /** Its own database, and another one that Boot's configuration leaves alone. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class WithASecondDataSource {
        @Bean(defaultCandidate = false)
        DataSource ledgerDatabase() {
            return database("jdbc:h2:mem:ledger-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class WithAPrimaryDataSource {
        @Bean
        DataSource reports() {
            return database("jdbc:h2:mem:reports-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        @Bean
        @Primary
        DataSource orders() {
            return database("jdbc:h2:mem:orders-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class WithAProxy {
        @Bean
        DataSource dataSource() {
            return new TransactionAwareDataSourceProxy(database("jdbc:h2:mem:proxied"));
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class WithAProxyBehindAnother {
        @Bean
        DataSource dataSource() {
            return new DelegatingDataSource(new TransactionAwareDataSourceProxy(database("jdbc:h2:mem:proxied-twice")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#bean:dataSource", "#dataSource", "dataSource", "#type:javax.sql.DataSource", "#autowired"})
    void theDataSourceOfBootIsTheLedger(String reference) {
        set("data-source", reference);

        VideoTask task = send(start(Application.class));

        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(keysIn(new JdbcTemplate(database(url)))).isEqualTo(1);
    }

    @Test
    void itIsNotUsedUnlessItIsAskedFor() {
        VideoTask task = send(start(Application.class));

        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(new JdbcTemplate(database(url)).queryForList("SHOW TABLES")).isEmpty();
    }

    @Test
    void aKeyIsKnownAfterARestartOfTheApplication() {
        set("data-source", "#bean:dataSource");

        VideoTask first = send(start(Application.class));
        stop();
        VideoTask again = send(start(Application.class));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void theRecordOfAPaymentStaysWhenTheTransactionAroundItIsRolledBack() {
        set("data-source", "#bean:dataSource");
        CamelContext camel = start(Application.class);
        JdbcTemplate database = bean(JdbcTemplate.class);
        database.execute("CREATE TABLE orders (id INT)");

        new TransactionTemplate(bean(PlatformTransactionManager.class)).executeWithoutResult(transaction -> {
            database.update("INSERT INTO orders VALUES (1)");
            send(camel);
            transaction.setRollbackOnly();
        });

        assertThat(database.queryForObject("SELECT COUNT(*) FROM orders", Integer.class))
                .isZero();
        assertThat(keysIn(database)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {WithAProxy.class, WithAProxyBehindAnother.class})
    void aDataSourceThatJoinsTransactionsIsRejected(Class<?> application) {
        set("data-source", "#bean:dataSource");

        Throwable failure = catchThrowable(() -> start(application));

        assertThat(new SetupFailureAnalyzer().analyze(failure).getDescription())
                .contains("TransactionAwareDataSourceProxy", "Set the DataSource behind the proxy");
    }

    @Test
    void theLedgerMayHaveADataSourceOfItsOwn() {
        set("data-source", "#bean:ledgerDatabase");

        VideoTask task = send(start(WithASecondDataSource.class));

        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(keysIn(new JdbcTemplate(sora().getDataSource()))).isEqualTo(1);
        assertThat(bean(JdbcTemplate.class).queryForList("SHOW TABLES")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#type:javax.sql.DataSource", "#autowired"})
    void ofSeveralThePrimaryOneIsTaken(String reference) {
        set("data-source", reference);

        start(WithAPrimaryDataSource.class);

        assertThat(((JdbcDataSource) sora().getDataSource()).getUrl()).contains("orders");
    }

    @Test
    void theDataSourceIsOpenUntilTheComponentHasStopped() {
        set("data-source", "#bean:dataSource");
        send(start(Application.class));

        try (WarningCapture warnings = WarningCapture.of(SoraRuntime.class)) {
            stop();

            assertThat(warnings.lines()).isEmpty();
        }
        assertThat(new JdbcTemplate(database(url))
                        .queryForObject(
                                "SELECT COUNT(*) FROM sora_node WHERE lease_until > CURRENT_TIMESTAMP", Integer.class))
                .isZero();
    }

    private static DataSource database(String url) {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl(url);
        // That of Boot for an embedded database.
        database.setUser("sa");
        return database;
    }

    private static Integer keysIn(JdbcTemplate database) {
        return database.queryForObject("SELECT COUNT(*) FROM sora_task WHERE task_key = 'order-1'", Integer.class);
    }

    private static VideoTask send(CamelContext camel) {
        return camel.createFluentProducerTemplate()
                .to("direct:in")
                .withBody("Add a puppy")
                .request(VideoTask.class);
    }
}
