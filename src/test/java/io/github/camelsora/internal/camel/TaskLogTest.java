package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.LogEvents;
import io.github.camelsora.support.SoraTestSupport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** What the log says of a task: its names in the MDC, one line at INFO for each change of its state, and never its prompt. */
class TaskLogTest extends SoraTestSupport {
    private static final String PROMPT = "Pomegranate-Zeppelin over Xanadu";
    private static final String KEY = "key-of-this-test";
    private static final String PROCESS = "process-of-this-test";
    private static final Set<String> NAMES = Set.of("sora.key", "sora.taskId", "sora.correlationId");

    @TempDir
    Path folder;

    private LogEvents log;
    private String remix;

    @BeforeEach
    void capture() {
        log = LogEvents.capture();
        remix = "sora:remix?requestKey=" + KEY + "&correlationId=" + PROCESS + "&videoId=" + toApis.addSource();
    }

    @AfterEach
    void release() {
        log.close();
        MDC.clear();
    }

    private TaskState state() {
        return sora().ledger().find("default", KEY).orElseThrow().state();
    }

    private String taskId() {
        return sora().ledger().find("default", KEY).orElseThrow().taskId();
    }

    /** The lines of our threads that name the task. */
    private List<LogEvent> linesOfTheTask() {
        String taskId = taskId();
        return log.oursFrom(Level.DEBUG).stream()
                .filter(event -> event.getThreadName().contains("Sora"))
                .filter(event -> LogEvents.text(event).contains(KEY)
                        || taskId != null && LogEvents.text(event).contains(taskId))
                .toList();
    }

    private void assertNamedInTheMdc(List<LogEvent> lines) {
        assertThat(lines).isNotEmpty().allSatisfy(event -> assertThat(
                        event.getContextData().toMap())
                .as(event.getThreadName() + ": " + LogEvents.text(event))
                .containsEntry("sora.key", KEY)
                .containsEntry("sora.correlationId", PROCESS));
    }

    private List<String> info() {
        return log.oursFrom(Level.INFO).stream()
                .filter(event -> event.getLevel() == Level.INFO)
                .map(LogEvents::text)
                .filter(line -> line.contains(KEY))
                .toList();
    }

    private void assertNoPromptFromInfoOn() {
        assertThat(log.from(Level.INFO))
                .extracting(LogEvents::text)
                .isNotEmpty()
                .noneMatch(line -> line.contains("Zeppelin"));
    }

    @Test
    void aRemixIsNamedInTheMdcFromItsSubmitToItsDownload() throws Exception {
        start();

        Exchange out = send(remix, PROMPT);
        Exchange file =
                send("sora:download?directory=" + folder, out.getMessage().getBody());

        assertThat(file.getException()).isNull();
        assertNamedInTheMdc(linesOfTheTask());
        assertThat(linesOfTheTask())
                .filteredOn(event -> LogEvents.text(event).contains(" ended as "))
                .hasSize(1)
                .allSatisfy(event -> assertThat(event.getContextData().toMap()).containsEntry("sora.taskId", taskId()));
    }

    @Test
    void aSubmitThatIsLostIsNamedInTheMdcWhileItIsSearchedFor() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        Exchange out = send(remix, PROMPT);

        assertThat(out.getException()).isNull();
        assertNamedInTheMdc(linesOfTheTask());
    }

    @Test
    void aDeliveryThatFailsIsNamedInTheMdc() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks?maximumRedeliveries=0").process(exchange -> {
                    throw new IllegalStateException("refused");
                });
            }
        });

        send(remix + "&waitForCompletion=false", PROMPT);
        await().atMost(LIMIT).until(() -> state() == TaskState.SET_ASIDE);

        await().atMost(LIMIT).until(() -> linesOfTheTask().stream()
                .anyMatch(event -> LogEvents.text(event).contains("is set aside after")));
        assertNamedInTheMdc(linesOfTheTask());
    }

    @Test
    void aRouteBehindTheWaitHasNoNamesOfOursInItsMdc() throws Exception {
        AtomicReference<Map<String, String>> behind = new AtomicReference<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(remix).process(exchange -> behind.set(MDC.getCopyOfContextMap()));
            }
        });

        send("direct:in", PROMPT);

        assertThat(behind.get() == null ? Map.of() : behind.get()).doesNotContainKeys(NAMES.toArray(String[]::new));
    }

    @Test
    void aDeliveryHasNoNamesOfOursInItsMdc() throws Exception {
        AtomicReference<Map<String, String>> delivered = new AtomicReference<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("sora:tasks").process(exchange -> {
                    Map<String, String> mdc = MDC.getCopyOfContextMap();
                    delivered.set(mdc == null ? Map.of() : mdc);
                });
            }
        });

        send(remix + "&waitForCompletion=false", PROMPT);

        await().atMost(LIMIT).until(() -> delivered.get() != null);
        assertThat(delivered.get()).doesNotContainKeys(NAMES.toArray(String[]::new));
    }

    @Test
    void theMdcOfTheCallingThreadStaysAsItWas() throws Exception {
        MDC.put("sora.key", "of the caller");
        MDC.put("customer", "42");
        Map<String, String> before = MDC.getCopyOfContextMap();
        start();

        send(remix, PROMPT);
        send(remix, PROMPT);
        send("sora:status?taskId=" + taskId(), null);

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(before);
    }

    // The pattern has Camel carry every name along, to whatever thread the route goes on.
    @Test
    @SuppressWarnings("deprecation")
    void theMdcOfCamelIsNotDisturbed() throws Exception {
        camel.setUseMDCLogging(true);
        camel.setMDCLoggingKeysPattern("*");
        AtomicReference<Map<String, String>> behind = new AtomicReference<>();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("orders")
                        .process(exchange -> MDC.put("customer", "42"))
                        .to(remix)
                        .process(exchange -> behind.set(MDC.getCopyOfContextMap()));
            }
        });

        Exchange out = send("direct:in", PROMPT);

        assertThat(behind.get())
                .containsEntry("camel.exchangeId", out.getExchangeId())
                .containsEntry("camel.routeId", "orders")
                .containsEntry("customer", "42")
                .doesNotContainKeys(NAMES.toArray(String[]::new));
    }

    @Test
    void aRemixThatIsDeliveredHasOneLineForEachChange() throws Exception {
        start();

        send(remix, PROMPT);

        assertThat(info()).hasSize(2);
        assertThat(info().get(0)).startsWith("Submitted remix as task");
        assertThat(info().get(1)).contains("ended as COMPLETED");
        assertNoPromptFromInfoOn();
    }

    @Test
    void aKeyThatIsUsedAgainChangesNothingAndHasNoLine() throws Exception {
        start();
        send(remix, PROMPT);
        int before = info().size();

        send(remix, PROMPT);

        assertThat(info()).hasSize(before);
    }

    @Test
    void aSubmitThatIsFoundHasOneLineForEachChange() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        send(remix, PROMPT);

        assertThat(info()).hasSize(2);
        assertThat(info().get(0)).startsWith("Found the lost submit");
        assertThat(info().get(1)).contains("ended as COMPLETED");
        assertNoPromptFromInfoOn();
    }

    @Test
    void aTaskThatFailsDoesNotShowItsPrompt() throws Exception {
        toApis.failingWord("Zeppelin");
        start();

        Exchange out = send(remix, PROMPT);

        assertThat(out.getException()).isNotNull();
        assertThat(info()).hasSize(2);
        assertNoPromptFromInfoOn();
    }

    @Test
    void aRequestThatTheServiceRejectsDoesNotShowItsPrompt() throws Exception {
        toApis.on(Call.SUBMIT)
                .answer(400, "{\"error\": {\"code\": \"invalid_request\", \"message\": \"No: " + PROMPT + "\"}}");
        start();

        Exchange out = send(remix, PROMPT);

        assertThat(out.getException()).isNotNull();
        assertThat(info()).hasSize(1);
        assertNoPromptFromInfoOn();
    }

    @Test
    void aRequestThatIsRejectedHereDoesNotShowItsPrompt() throws Exception {
        start();

        Exchange out = send(remix, PROMPT, "CamelSoraDuration", "many");

        assertThat(out.getException()).isNotNull();
        assertThat(log.oursFrom(Level.INFO)).extracting(LogEvents::text).noneMatch(line -> line.contains("Zeppelin"));
    }

    @Test
    void aSubmitThatIsSentAgainDoesNotShowItsPrompt() throws Exception {
        toApis.on(Call.SUBMIT)
                .times(1)
                .answer(429, "{\"error\": {\"message\": \"Slow down: " + PROMPT + "\"}}", "Retry-After: 0");
        start();

        Exchange out = send(remix, PROMPT);

        assertThat(out.getException()).isNull();
        assertNoPromptFromInfoOn();
    }

    @Test
    void aSubmitThatIsNeverFoundDoesNotShowItsPrompt() throws Exception {
        toApis.on(Call.SUBMIT).times(1).cut();
        options().setRecoveryTimeout(100);
        start();

        Exchange out = send(remix, PROMPT);

        assertThat(out.getException()).isNotNull();
        assertThat(info()).isEmpty();
        assertNoPromptFromInfoOn();
    }
}
