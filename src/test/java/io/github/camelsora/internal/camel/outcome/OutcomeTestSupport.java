package io.github.camelsora.internal.camel.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.Internals;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.LedgerWrite;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.SimulatorClock;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A context in which any operation can be made to fail in any way: by the service, by the ledger, by time, by a stop. */
abstract class OutcomeTestSupport extends TasksTestSupport {
    @TempDir
    Path videoFolder;

    final SimulatorClock clock = SimulatorClock.real();
    /** Which calls of the ledger fail, by their method and their record; with what. */
    volatile BiPredicate<String, TaskRecord> ledgerTrouble = (method, record) -> false;

    volatile RuntimeException troubleOfLedger = new IllegalStateException("The ledger is unavailable, says the test");

    /** A task that has completed. */
    String done;

    @BeforeEach
    void prepareLedger() {
        replaceLedger(1_000);
        done = toApis.addSource();
        options().setDirectory(videoFolder.toString());
    }

    void replaceLedger(int capacity) {
        TaskLedger ledger = new MemoryTaskLedger(clock, capacity);
        sora().setLedger((TaskLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskLedger.class}, (proxy, method, arguments) -> {
                    if (ledgerTrouble.test(method.getName(), arguments == null ? null : recordIn(arguments[0]))) {
                        throw troubleOfLedger;
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static TaskRecord recordIn(Object argument) {
        return argument instanceof LedgerWrite write
                ? write.record()
                : argument instanceof TaskRecord record ? record : null;
    }

    /** From now on nothing can be read or written. */
    void ledgerUnavailable() {
        ledgerTrouble = (method, record) -> !method.equals("now");
    }

    /** A task that runs until a test ends it. */
    String running() {
        letTasksRunLong();
        return toApis.addTask();
    }

    /** Sends one message to an endpoint in a context that is started now, if it is not yet. */
    SoraException fail(String uri, Object body, Object... headers) throws Exception {
        CompletableFuture<Exchange> exchange = sending(uri, body, headers);
        return soraException(exchange.get(20, TimeUnit.SECONDS).getException());
    }

    /** The same; something is done once it has begun. */
    SoraException failAfter(Action action, String uri, Object body, Object... headers) throws Exception {
        CompletableFuture<Exchange> exchange = sending(uri, body, headers);
        action.run();
        return soraException(exchange.get(20, TimeUnit.SECONDS).getException());
    }

    /** Cancels a submit as soon as it waits to be sent. */
    void cancel(String key) {
        await().atMost(LIMIT)
                .until(() -> Internals.of(sora()).runtime().engine().submits.queued() == 1);
        sora().operator().cancel("default", key, new Operator("joe", null));
    }

    /** What a test does while an exchange is under way. */
    interface Action {
        void run() throws Exception;
    }

    /** Sends a message that is redelivered with another body, when the account has no credits any more. */
    SoraException failChanged(String submit, Object body, Object changed) throws Exception {
        return failRedelivered(submit + "&minimumCredits=1&balanceCacheTime=0", body, exchange -> {
            toApis.credits(0);
            exchange.getMessage().setBody(changed);
        });
    }

    /** Sends a message that is redelivered with another body, for a model that has ended. */
    SoraException failChangedToEnded(String submit, Object body, Object changed) throws Exception {
        return failRedelivered(submit + withEndedModel(), body, exchange -> {
            exchange.getMessage().setHeader(SoraConstants.MODEL, "old-1");
            exchange.getMessage().setBody(changed);
        });
    }

    private SoraException failRedelivered(String submit, Object body, Processor onRedelivery) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(SoraException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(1)
                        .onRedelivery(onRedelivery);
                from("direct:in").to(submit);
            }
        });
        return soraException(begin("direct:in", body).get(20, TimeUnit.SECONDS).getException());
    }

    /** The option by which the model old-1 has ended. */
    String withEndedModel() throws IOException {
        Path catalog = Files.writeString(
                videoFolder.resolve("models.json"), "{\"models\": {\"old-1\": {\"state\": \"ended\"}}}");
        return "&modelCatalog=file:" + catalog;
    }

    private CompletableFuture<Exchange> sending(String uri, Object body, Object... headers) throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        });
        return begin("direct:in", body, headers);
    }

    static SoraException soraException(Exception failure) {
        assertThat(failure).isInstanceOf(SoraException.class);
        return (SoraException) failure;
    }

    /** The exception that a route of sora:tasks gets for a task, with throwOnFailed. */
    SoraException heardByTasks(Action begin) throws Exception {
        Queue<Exception> heard = new ConcurrentLinkedQueue<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .process(exchange ->
                                heard.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from("sora:tasks?throwOnFailed=true&delay=20&initialDelay=20").log("not reached");
            }
        });
        begin.run();
        soon().until(() -> !heard.isEmpty());
        return soraException(heard.element());
    }

    String submit(String operation) {
        return switch (operation) {
            case "remix" -> remix;
            case "extend" -> remix.replace("sora:remix", "sora:extend") + "&model=grok-video-1.0";
            default -> "sora:generate?model=sora-2-official&duration=8";
        };
    }

    SoraException rejecting(String operation, int status) throws Exception {
        toApis.on(Call.SUBMIT).answer(status, "{}");
        return fail(submit(operation), "A puppy");
    }

    SoraException asking(String operation, int status) throws Exception {
        toApis.on(Call.STATUS).answer(status, "{}");
        return fail("sora:" + operation + "?taskId=" + done, null);
    }

    /** The service rejects a call because there were too many. */
    void closeTheGate() throws Exception {
        toApis.on(Call.STATUS).times(1).answer(429, "{}", "Retry-After: 3600");
        camel.start();
        send("sora:status?taskId=" + done, null);
    }

    SoraException askingForMoney(int status) throws Exception {
        toApis.on(Call.BALANCE).answer(status, "{}");
        return fail("sora:balance", null);
    }

    SoraException askingForModels(int status) throws Exception {
        toApis.on(Call.MODELS).answer(status, "{}");
        return fail("sora:models", null);
    }

    /** The list of the service has other models than those of the submit. */
    SoraException refusedByTheList(String submit) throws Exception {
        toApis.models("veo-3");
        start();
        String checked = submit + "&modelCheck=refuse";
        soon().until(() -> send(checked + "&dryRun=true", "A puppy")
                        .getMessage()
                        .getBody(SubmitPlan.class)
                        .refusal()
                != null);
        return fail(checked, "A puppy");
    }

    void awaitCall(Call call) {
        soon().until(() -> !toApis.requests(call).isEmpty());
    }

    void stopAfter(Call call) {
        awaitCall(call);
        camel.stop();
    }

    void letTheGraceOf404Pass() {
        awaitCall(Call.STATUS);
        advance(clock, Duration.ofSeconds(16));
    }
}
