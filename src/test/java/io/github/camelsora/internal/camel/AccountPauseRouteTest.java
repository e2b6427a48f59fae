package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPausedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.internal.pause.AccountPauses;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two contexts share a ledger in a database, as two JVMs do: a pause that begins in one is obeyed by both. */
class AccountPauseRouteTest extends TasksTestSupport {
    private static final long LEASE = 1_500;
    private static final String ACCOUNT = "default";

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private CamelContext second;
    private SoraComponent other;

    @BeforeEach
    void shareTheLedger() throws Exception {
        sora().setDataSource(database);
        sora().setLeaseDuration(LEASE);
        second = new DefaultCamelContext();
        other = second.getComponent("sora", SoraComponent.class);
        other.setConfiguration(options().copy());
        other.setDataSource(database);
        other.setLeaseDuration(LEASE);
        second.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix + "&waitForCompletion=false");
            }
        });
    }

    @AfterEach
    void stopTheSecond() {
        second.stop();
        database.dispose();
    }

    private static RouteBuilder to(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        };
    }

    private CompletableFuture<Exchange> beginOnSecond(String prompt) {
        return CompletableFuture.supplyAsync(() -> second.createFluentProducerTemplate()
                .to("direct:in")
                .withBody(prompt)
                .send());
    }

    private Exception failureOnSecond() {
        return beginOnSecond("A puppy").join().getException();
    }

    private void awaitObeyedBySecond() {
        await().atMost(LIMIT).until(() -> {
            Exception failure = failureOnSecond();
            return failure instanceof SoraException refused && refused.getOutcome() == SubmitOutcome.NOT_SENT;
        });
    }

    private void pauseInBoth() {
        try (WarningCapture warnings = WarningCapture.of(AccountPauses.class)) {
            sora().operator().pause(ACCOUNT, new Operator("joe", "The bill is too high"));
            await().atMost(LIMIT).until(() -> warnings.lines().size() == 2);
        }
    }

    @Test
    void aPauseByAnOperatorHoldsTheSubmitsOfBothUntilTheAccountIsResumed() throws Exception {
        start(to(remix + "&waitForCompletion=false"));
        second.start();
        pauseInBoth();
        CompletableFuture<Exchange> here = begin("direct:in", "A puppy");
        CompletableFuture<Exchange> there = beginOnSecond("A kitten");
        await().during(Duration.ofMillis(300)).atMost(LIMIT).until(() -> !there.isDone() && !here.isDone());
        assertThat(toApis.books().submitsReceived()).isZero();

        other.operator().resume(ACCOUNT, OPERATOR);

        assertThat(there.join().getException()).isNull();
        assertThat(here.join().getException()).isNull();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    @Test
    void aPauseOfAnAccountThatThisJvmDoesNotUseNamesThoseThatItUses() throws Exception {
        start(to(remix + "&account=cinema"));

        try (WarningCapture warnings = WarningCapture.of(AccountPauses.class)) {
            sora().operator().pause("cinema", new Operator("joe", "The bill is too high"));
            sora().operator().pause("cinnema", new Operator("joe", "The bill is too high"));

            assertThat(warnings.lines())
                    .filteredOn(line -> line.contains("mistyped"))
                    .singleElement()
                    .asString()
                    .contains("'cinnema'", "only cinema, default", "mistyped");
        }
    }

    @Test
    void aSubmitThatIsNotResumedInTimeNamesThePause() throws Exception {
        options().setSubmitTimeout(300);
        start(to(remix));
        sora().operator().pause(ACCOUNT, new Operator("joe", "The bill is too high"));

        AccountPausedException failure = failureOf(send("direct:in", "A puppy"), AccountPausedException.class);

        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure.getPause().reason()).isEqualTo("The bill is too high");
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void afterALackOfCreditsNoPostStartsOnAnyAndDeliveriesGoOn() throws Exception {
        letTasksRunLong();
        start(to(remix + "&waitForCompletion=false&requestKey=${header.key}"), receivingTasks(TASKS));
        second.start();
        send("direct:in", "A puppy", "key", "order-1");
        toApis.credits(0);
        failureOf(send("direct:in", "A kitten", "key", "order-2"), InsufficientCreditsException.class);
        awaitObeyedBySecond();
        long before = toApis.books().submitsReceived();

        assertThat(failureOnSecond()).isExactlyInstanceOf(InsufficientCreditsException.class);
        toApis.complete(recordOf("order-1").taskId());
        delivered("order-1");

        assertThat(toApis.books().submitsReceived()).isEqualTo(before);
        assertThat(sora().ledger().pauses().orElseThrow().findAll())
                .singleElement()
                .extracting(AccountPause::cause)
                .isEqualTo(AccountPause.Cause.NO_CREDITS);
    }

    @Test
    void anInteractiveSubmitPassesABatch() throws Exception {
        options().setSubmitsPerSecond(20.0);
        options().setSubmitBurst(1L);
        start(to(remix + "&waitForCompletion=false&priority=0"));
        List<CompletableFuture<Exchange>> batch = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            batch.add(begin("direct:in", "Batch " + i));
        }

        Exchange interactive =
                begin("direct:in", "Interactive", SoraConstants.PRIORITY, 9).join();

        batch.forEach(CompletableFuture::join);
        List<String> prompts = toApis.requests(Call.SUBMIT).stream()
                .map(request -> request.json().path("prompt").textValue())
                .toList();
        assertThat(prompts.indexOf("Interactive")).isLessThan(6);
        assertThat(interactive.getMessage().getHeader(SoraConstants.PRIORITY)).isNull();
        VideoTask task = interactive.getMessage().getBody(VideoTask.class);
        assertThat(sora().ledger()
                        .findByTaskId(ACCOUNT, task.id())
                        .orElseThrow()
                        .origin()
                        .priority())
                .isEqualTo(9);
    }
}
