package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was paid is not paid again because the ledger is unavailable for a while, or is lost. */
class LedgerOutageKeyTest extends KeyTestSupport {
    @TempDir
    Path folder;

    private final AtomicBoolean isAway = new AtomicBoolean();

    // The first try times out, the second cannot read the ledger, the third can.
    @Test
    void aRedeliveryJoinsTheTaskAlsoAfterOneThatFailedBeforeItBegan() throws Exception {
        letTasksRunLong();
        options().setCompletionTimeout(100);
        replaceLedger();
        camel.getCamelContextExtension()
                .setErrorHandlerFactory(new DefaultErrorHandlerBuilder()
                        .maximumRedeliveries(2)
                        .redeliveryDelay(1)
                        .onRedelivery(exchange -> isAway.set(
                                exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class) == 1)));
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix);
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getException()).isInstanceOf(WaitTimedOutException.class);
        assertPaid(1);
    }

    @Test
    void anEmptyFileWhereTheLedgerWasStopsTheStartAndNothingIsPaid() throws Exception {
        sora().setLedgerFile(folder.resolve("ledger").toString());
        start();
        send(remix, "A puppy", "CamelSoraRequestKey", "order-1");
        SoraConfiguration options = options();
        camel.stop();
        Files.write(folder.resolve("ledger.mv.db"), new byte[0]);

        try (CamelContext next = new DefaultCamelContext()) {
            SoraComponent component = next.getComponent("sora", SoraComponent.class);
            component.setConfiguration(options.copy());
            component.setLedgerFile(folder.resolve("ledger").toString());

            assertThatThrownBy(next::start).hasStackTraceContaining("is empty");
        }
        assertPaid(1);
    }

    private void replaceLedger() throws Exception {
        TaskLedger ledger = new MemoryTaskLedger(InstantSource.system(), 100);
        Object troubled = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    if (isAway.get() && !method.getName().equals("now")) {
                        throw new IllegalStateException("The ledger is unavailable, says the test");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Field field = SoraComponent.class.getDeclaredField("ledger");
        field.setAccessible(true);
        field.set(sora(), troubled);
    }
}
