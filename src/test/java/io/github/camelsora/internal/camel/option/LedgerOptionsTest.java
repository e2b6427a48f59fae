package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.support.SoraTestSupport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the ledger is kept, and for how long: what is asked for at once is refused in words when the context starts. */
class LedgerOptionsTest extends SoraTestSupport {
    private final TaskLedger ledger = new MemoryTaskLedger(InstantSource.system(), 10);
    private final DataSource dataSource = (DataSource) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                throw new AssertionError("This database must not be opened");
            });

    @BeforeEach
    void startQuickly() {
        camel.disableJMX();
    }

    @Test
    void aLedgerOfOnesOwnIsUsed() throws Exception {
        sora().setLedger(ledger);

        startARoute();

        assertThat(sora().ledger()).isSameAs(ledger);
    }

    @Test
    void aLedgerInTheRegistryIsFound() throws Exception {
        // As for a component that is made after it.
        camel.removeComponent("sora");
        camel.getRegistry().bind("any", ledger);
        options().setApiKey(toApis.apiKey());

        startARoute();

        assertThat(sora().ledger()).isSameAs(ledger);
    }

    @Test
    void withoutAnyItIsKeptInMemory() throws Exception {
        startARoute();

        assertThat(sora().ledger()).isInstanceOf(MemoryTaskLedger.class);
        assertThat(sora().ledger().isDurable()).isFalse();
    }

    @Test
    void aLedgerAndADatabaseAreTwo() {
        sora().setLedger(ledger);
        sora().setDataSource(dataSource);

        assertRejected("ledger, dataSource and ledgerFile");
    }

    @Test
    void aLedgerAndAFileAreTwo() {
        sora().setLedger(ledger);
        sora().setLedgerFile("target/ledger");

        assertRejected("ledger, dataSource and ledgerFile");
    }

    @Test
    void aDatabaseAndAFileAreTwo() {
        sora().setDataSource(dataSource);
        sora().setLedgerFile("target/ledger");

        assertRejected("ledger, dataSource and ledgerFile");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void aLeaseLasts(long millis) {
        sora().setLeaseDuration(millis);

        assertRejected("leaseDuration must be longer than 0 ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void whatWasDeliveredIsKeptForSomeTime(long millis) {
        sora().setKeepDelivered(millis);

        assertRejected("keepDelivered must be longer than 0 ms");
    }

    // Or the vendor's last webhook about it would find nothing any more.
    @Test
    void whatWasDeliveredIsKeptForThreeDaysAtLeast() {
        sora().setKeepDelivered(Duration.ofHours(72).toMillis() - 1);

        assertRejected("keepDelivered must be at least 72h");
    }

    @Test
    void whatWasDeliveredMayBeKeptForEver() throws Exception {
        sora().setKeepDelivered(Long.MAX_VALUE);

        startARoute();

        assertThat(camel.getStatus().isStarted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"concurrentConsumers=0", "maximumRedeliveries=-1", "redeliveryDelay=-1", "balanceCacheTime=-1"})
    void numbersThatCannotWorkAreRejected(String option) {
        assertThatThrownBy(() -> start(from("sora:tasks?" + option)))
                .hasStackTraceContaining(option.substring(0, option.indexOf('=')));
    }

    @Test
    void ofSeveralTimesThatCannotWorkTheFirstIsRejected() {
        String all = "submitTimeout=0&completionTimeout=0&recoveryTimeout=0&trackingTimeout=0&pollInterval=0";

        assertThatThrownBy(() -> start(from("sora:tasks?" + all)))
                .hasStackTraceContaining("submitTimeout must be longer");
    }

    private void assertRejected(String words) {
        assertThatThrownBy(this::startARoute).hasStackTraceContaining(words);
    }

    private void startARoute() throws Exception {
        start(from("sora:tasks"));
    }

    private static RouteBuilder from(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).log("taken");
            }
        };
    }
}
