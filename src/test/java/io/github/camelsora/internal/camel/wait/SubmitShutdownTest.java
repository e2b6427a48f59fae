package io.github.camelsora.internal.camel.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A context stops while submits are queued, are on their way, or are searched for. */
@Timeout(60)
class SubmitShutdownTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    @Test
    void queuedSubmitsEndUnsent() throws Exception {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 600");
        start(remixRoute());
        List<CompletableFuture<Exchange>> queued = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            queued.add(begin("direct:in", "Prompt " + i));
        }
        await().atMost(LIMIT).until(() -> toApis.books().submitsReceived() > 0);

        camel.stop();

        assertThat(allOf(queued)).succeedsWithin(LIMIT);
        assertThat(queued)
                .extracting(each -> failureOf(each.join(), SoraException.class).getOutcome())
                .containsOnly(SubmitOutcome.NOT_SENT);
        // Only those that were under way together: the first answer has the whole account wait.
        assertThat(toApis.books().submitsReceived()).isLessThan(50);
    }

    @Test
    void aQueuedSubmitMayBeSentAgain() throws Exception {
        toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 600");
        start(remixRoute());
        TaskLedger ledger = sora().ledger();
        CompletableFuture<Exchange> queued = begin("direct:in", "A puppy", KEY, "order-1");
        await().atMost(LIMIT).until(() -> toApis.books().submitsReceived() == 1);

        camel.stop();

        assertThat(queued).succeedsWithin(LIMIT);
        assertThat(ledger.find("default", "order-1")).map(TaskRecord::state).contains(TaskState.REJECTED);
    }

    @Test
    void aSubmitWhoseAnswerIsOnItsWayWhenTheStopBeginsStillLearnsItsId() throws Exception {
        letTasksRunLong();
        Hold answer = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        start(remixRoute());
        CompletableFuture<Exchange> sending = begin("direct:in", "A puppy");
        answer.awaitReached(LIMIT);

        stopWhile(answer::release);

        WaitParkedException parked = failureOf(sending.get(20, TimeUnit.SECONDS), WaitParkedException.class);
        assertThat(parked.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(parked.getTaskId()).isEqualTo(toApis.tasks().get(1).id());
    }

    @Test
    void aSubmitThatTheServiceHasNotReadYetWhenTheStopBeginsStillLearnsItsId() throws Exception {
        letTasksRunLong();
        Hold request = toApis.on(Call.SUBMIT).times(1).hold();
        start(remixRoute());
        CompletableFuture<Exchange> sending = begin("direct:in", "A puppy");
        request.awaitReached(LIMIT);

        stopWhile(request::release);

        WaitParkedException parked = failureOf(sending.get(20, TimeUnit.SECONDS), WaitParkedException.class);
        assertThat(parked.getTaskId()).isEqualTo(toApis.tasks().get(1).id());
        assertPaid(1);
    }

    @Test
    void aSubmitWhoseAnswerIsLostWhileTheContextStopsIsUnknown() throws Exception {
        Hold answer = toApis.on(Call.SUBMIT).times(1).afterProcessing().hold();
        start(remixRoute());
        TaskLedger ledger = sora().ledger();
        CompletableFuture<Exchange> sending = begin("direct:in", "A puppy", KEY, "order-1");
        answer.awaitReached(LIMIT);

        stopWhile(answer::cut);

        SoraException unknown = failureOf(sending.get(20, TimeUnit.SECONDS), SoraException.class);
        assertThat(unknown.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(ledger.find("default", "order-1")).map(TaskRecord::state).contains(TaskState.UNKNOWN);
    }

    @Test
    void theSearchForALostSubmitEndsAsUnknownWhenTheContextStops() throws Exception {
        options().setRecoveryTimeout(600_000);
        loseTheNextAnswer();
        start(remixRoute());
        CompletableFuture<Exchange> searching = begin("direct:in", "A puppy", KEY, "order-1");
        await().atMost(LIMIT).until(() -> !toApis.requests(Call.STATUS).isEmpty());

        camel.stop();

        SoraException unknown = failureOf(searching.get(20, TimeUnit.SECONDS), SoraException.class);
        assertThat(unknown.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertPaid(1);
    }

    @Test
    void theMemoryLedgerNamesEachTaskThatIsLostByAStop() throws Exception {
        letTasksRunLong();
        start(remixRoute());
        begin("direct:in", "A puppy", KEY, "order-1");
        begin("direct:in", "A kitten", KEY, "order-2");
        await().atMost(LIMIT).until(() -> toApis.tasks().size() == 3);
        Queue<String> warnings = new ConcurrentLinkedQueue<>();

        listening(warnings, () -> camel.stop());

        assertThat(toApis.tasks().stream().skip(1)).allSatisfy(task -> assertThat(warnings)
                .filteredOn(warning -> warning.contains(task.id()))
                .singleElement()
                .asString()
                .contains(WireKey.userKey(task.clientBusinessId())));
    }

    @Test
    void theExceptionSaysThatTheTaskIsNotDeliveredAfterTheNextStart() throws Exception {
        letTasksRunLong();
        start(remixRoute());
        CompletableFuture<Exchange> waiting = begin("direct:in", "A puppy");
        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 1);

        camel.stop();

        assertThat(failureOf(waiting.get(20, TimeUnit.SECONDS), WaitParkedException.class))
                .hasMessageContaining("so it is not delivered after the next start");
    }

    private RouteBuilder remixRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix);
            }
        };
    }

    /** Stops the context, and lets something happen once it has begun to. */
    private void stopWhile(Runnable action) {
        CompletableFuture<Void> stop = CompletableFuture.runAsync(camel::stop);
        await().atMost(LIMIT).until(() -> camel.isStopping());
        action.run();
        assertThat(stop).succeedsWithin(LIMIT);
    }

    private static void listening(Queue<String> warnings, Runnable action) {
        Logger logger = (Logger) LogManager.getLogger("io.github.camelsora");
        AbstractAppender ear = new AbstractAppender("ear", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                if (event.getLevel() == Level.WARN) {
                    warnings.add(event.getMessage().getFormattedMessage());
                }
            }
        };
        ear.start();
        logger.addAppender(ear);
        try {
            action.run();
        } finally {
            logger.removeAppender(ear);
        }
    }
}
