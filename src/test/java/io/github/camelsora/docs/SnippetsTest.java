package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.LedgerRecords;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.support.HttpServer;
import java.io.File;
import java.time.Duration;
import java.time.Year;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the routes that the documentation shows. */
class SnippetsTest extends DocsTestSupport {
    private static final String ID_IN_SNIPPETS = "video_01K8SGYNNNVBQTXNR4MM964S7K";

    @ParameterizedTest
    @ValueSource(strings = {"remix.yaml", "remix.java"})
    void theSmallestRouteRemixesAndDownloads(String route) throws Exception {
        start(route);

        Exchange out = send("direct:remix", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isInstanceOf(File.class);
        assertThat(out.getMessage().getBody(File.class)).hasParent(folder.toFile());
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit.yaml", "submit.java", "builder.java"})
    void withoutTheWaitTheRouteContinuesWithTheId(String route) throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start(route);

        Exchange out = send("direct:submit", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        VideoTask task = out.getMessage().getBody(VideoTask.class);
        assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(logged).containsExactly("Keep this id: " + task.id());
    }

    @ParameterizedTest
    @ValueSource(strings = "catalog.java")
    void aCatalogueThatHasTheComponentFindsAWrongOperation(String snippet) {
        assertThatThrownBy(() -> start(snippet))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("remixx")
                .hasMessageContaining("Possible values: [remix, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expressions.yaml", "expressions.java"})
    void freeTextIsSentAsItIsWrittenAndExpressionsAreEvaluated(String route) throws Exception {
        String source = toApis.addSource();
        start(route);

        Exchange out = send("direct:expressions", null, Map.of("source", source, "customer", "A & B", "orderId", 4711));

        assertThat(out.getException()).isNull();
        ReceivedRequest submit = toApis.requests(Call.SUBMIT).get(0);
        assertThat(submit.path()).isEqualTo("/v1/videos/" + source + "/remix");
        assertThat(submit.json().path("prompt").textValue())
                .isEqualTo("Write \"1 + 1 = 2\" & 100% on a sign for A & B");
        assertThat(submit.json().path("client_business_id").textValue()).startsWith("order-4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"await.yaml", "await.java"})
    void aTaskOfAnotherProgramIsAwaitedById(String route) throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        String task = toApis.addTask();
        start(route);

        CompletableFuture<Exchange> out = sendAsync("direct:await", task, Map.of());
        await().atMost(Duration.ofSeconds(20)).until(() -> toApis.books().polls(task) > 0);
        toApis.complete(task);

        assertThat(out.join().getMessage().getBody(File.class)).hasName(task + ".mp4");
        assertThat(toApis.books().charged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status.yaml", "status.java"})
    void aFailedTaskIsAnAnswer(String route) throws Exception {
        String task = toApis.addTask();
        toApis.fail(task, "generation_failed", "Content violates the content policy");
        start(route);

        Exchange out = send("direct:status", null, Map.of("CamelSoraTaskId", task));

        assertThat(out.getException()).isNull();
        assertThat(logged).containsExactly("Task " + task + " has failed: Content violates the content policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status.yaml", "status.java"})
    void aRunningTaskSaysItsProgress(String route) throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        String task = toApis.addTask();
        start(route);

        send("direct:status", null, Map.of("CamelSoraTaskId", task));

        assertThat(logged).singleElement().asString().matches("Task " + task + " is (QUEUED|IN_PROGRESS), \\d+ %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"download.yaml", "download.java"})
    void aFileNameMayHaveFolders(String route) throws Exception {
        String task = toApis.addSource();
        start(route);

        Exchange out = send("direct:download", null, Map.of("CamelSoraTaskId", task));

        assertThat(out.getException()).isNull();
        assertThat(folder.resolve(Year.now().toString()).resolve(task + ".mp4")).isNotEmptyFile();
        assertThat(out.getMessage().getHeader("CamelFileName", String.class)).endsWith(task + ".mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"balance.yaml", "balance.java"})
    void aLowBalanceIsLogged(String route) throws Exception {
        toApis.credits(99);
        start(route);

        Exchange out = send("direct:balance", null, Map.of());

        assertThat(out.getException()).isNull();
        assertThat(logged).containsExactly("Only 99 credits are left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"balance.yaml", "balance.java"})
    void anUnlimitedBalanceIsNotLow(String route) throws Exception {
        toApis.credits(-1);
        start(route);

        Exchange out = send("direct:balance", null, Map.of());

        assertThat(out.getException()).isNull();
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"models.yaml", "models.java"})
    void theModelsThatMayBeUsedAreLogged(String route) throws Exception {
        toApis.models("grok-video-1.0", "veo-3");
        start(route);

        Exchange out = send("direct:models", null, Map.of());

        assertThat(out.getException()).isNull();
        assertThat(logged).containsExactly("The account may use grok-video-1.0", "The account may use veo-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.yaml", "ledger.java"})
    void submitsOfUnknownOutcomeAreLoggedWhenTheyAreAnHourOld(String route) throws Exception {
        start(route);
        TaskLedger ledger = camel.getComponent("sora", SoraComponent.class).ledger();
        TaskRecord old = LedgerRecords.createdAt("default", "old", ledger.now().minus(Duration.ofMinutes(61)))
                .withState(TaskState.UNKNOWN);
        ledger.add(old);
        ledger.add(LedgerRecords.createdAt("default", "new", ledger.now()).withState(TaskState.UNKNOWN));

        Exchange out = send("direct:unknown", null, Map.of());

        assertThat(out.getException()).isNull();
        assertThat(logged)
                .containsExactly("Key old may have been paid: look for " + old.wireKey() + " in the vendor's console");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request.yaml", "request.java"})
    void theBodyHoldsTheWholeRequest(String route) throws Exception {
        toApis.addSource(ID_IN_SNIPPETS);
        start(route);

        Exchange out = send("direct:request", null, Map.of());

        assertThat(out.getException()).isNull();
        assertThat(toApis.requests(Call.SUBMIT)).singleElement().satisfies(request -> {
            assertThat(request.path()).contains(ID_IN_SNIPPETS);
            assertThat(request.body())
                    .contains(
                            "\"prompt\":\"Add a puppy playing in the scene\"",
                            "\"duration\":15",
                            "\"aspect_ratio\":\"9:16\"");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"request-key.yaml", "request-key.java"})
    void theSameKeyIsPaidOnce(String route) throws Exception {
        Map<String, Object> order = Map.of("CamelSoraVideoId", toApis.addSource(), "orderId", "order-4711");
        start(route);

        VideoTask first =
                send("direct:orders", "Add a puppy", order).getMessage().getBody(VideoTask.class);
        VideoTask again =
                send("direct:orders", "Add a puppy", order).getMessage().getBody(VideoTask.class);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(first.key()).isEqualTo("order-4711");
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"errors.yaml", "errors.java"})
    void aRejectionIsLoggedAsNotPaid(String route) throws Exception {
        start(route);

        Exchange out = send("direct:careful", "[refuse] this", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isNull();
        assertThat(logged).singleElement().asString().startsWith("Nothing was paid: ");
        assertThat(toApis.books().charged()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"errors.yaml", "errors.java"})
    void aTaskThatHasFailedIsLoggedAsPaid(String route) throws Exception {
        start(route);

        Exchange out = send(
                "direct:careful",
                "[fail] this",
                Map.of("CamelSoraVideoId", toApis.addSource(), "CamelSoraRequestKey", "order-4711"));

        assertThat(out.getException()).isNull();
        assertThat(logged).singleElement().asString().startsWith("Check task ").contains("(key order-4711)");
        assertThat(toApis.books().charged()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"extend.yaml", "extend.java"})
    void aVideoIsContinuedAndStored(String route) throws Exception {
        start(route);

        Exchange out = send("direct:extend", "The cat jumps down", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(File.class)).isFile();
        assertThat(toApis.requests(Call.SUBMIT)).singleElement().satisfies(submit -> assertThat(submit.path())
                .endsWith("/extend"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate.yaml", "generate.java"})
    void aNewVideoIsThereToBeRemixed(String route) throws Exception {
        start(route);

        Exchange out = send("direct:generate", "A cat on a roof at night", Map.of());

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(toApis.requests(Call.SUBMIT))
                .extracting(ReceivedRequest::call)
                .containsExactly(Call.SUBMIT_GENERATION, Call.SUBMIT_REMIX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks.yaml", "tasks.java"})
    void aTaskWithoutAWaiterIsDeliveredWithTheHeadersOfItsSubmit(String route) throws Exception {
        start(route);

        send("direct:order", "Add a puppy", order("4711"));

        await().atMost(Duration.ofSeconds(20)).until(() -> !logged.isEmpty());
        assertThat(logged).singleElement().asString().matches("Order 4711 is in video_.*\\.mp4");
        assertThat(folder).isNotEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks.yaml", "tasks.java"})
    void aFailedTaskIsDeliveredToo(String route) throws Exception {
        start(route);

        send("direct:order", "[fail] this", order("4712"));

        await().atMost(Duration.ofSeconds(20)).until(() -> !logged.isEmpty());
        assertThat(logged).singleElement().asString().startsWith("Order 4712 has no video: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook.yaml", "webhook.java"})
    void anEventOfTheVendorReachesTheRoute(String route) throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        options.setWebhookSecret("whsec-4711");
        int port = HttpServer.start(camel);
        toApis.webhook("http://127.0.0.1:" + port + "/hooks/sora", "whsec-4711");
        String task = toApis.addTask();
        start(route);

        toApis.complete(task);

        await().atMost(Duration.ofSeconds(20)).until(() -> !logged.isEmpty());
        assertThat(logged).containsExactly("generation.completed: task " + task + " is COMPLETED");
    }

    private Map<String, Object> order(String id) {
        return Map.of("CamelSoraVideoId", toApis.addSource(), "orderId", id);
    }

    @Test
    void everySnippetIsRun() {
        Set<String> run = Stream.of(
                        SnippetsTest.class,
                        SettingsTest.class,
                        GettingStartedPageTest.class,
                        LedgerSettingsTest.class,
                        OperationsPageTest.class,
                        RecipesTest.class,
                        RemixToS3RouteTest.class,
                        KameletRouteTest.class,
                        RouteTemplateTest.class,
                        SharedBucketsTest.class,
                        SpringSettingsTest.class)
                .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                .map(test -> test.getAnnotation(ValueSource.class))
                .filter(Objects::nonNull)
                .flatMap(files -> Arrays.stream(files.strings()))
                .flatMap(files -> Stream.of(files.split(" ")))
                .collect(Collectors.toSet());

        assertThat(Snippets.all())
                .extracting(file -> file.getFileName().toString())
                .isSubsetOf(run);
    }

    private void start(String route) throws Exception {
        Snippets.load(camel, Snippets.file(route), folder);
        camel.start();
    }
}
