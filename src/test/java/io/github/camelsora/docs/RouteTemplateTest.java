package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.simulator.LookUp;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Makes routes of the route templates of the jar, and runs them. */
class RouteTemplateTest extends FollowUpTestSupport {
    private static final Path FOLDER = Path.of("src/main/resources/routes/templates");

    /** The notifications as they were received: method, type and body. */
    private final List<String> posts = new CopyOnWriteArrayList<>();

    private HttpServer receiver;

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateIsNamedLikeItsFileAndDescribesItsParameters(String template) throws Exception {
        load(template);

        RouteTemplateDefinition definition = camel.getRouteTemplateDefinition(template);

        assertThat(definition.getDescriptionText()).isNotBlank();
        assertThat(definition.getTemplateParameters())
                .isNotEmpty()
                .allSatisfy(parameter -> assertThat(parameter.getDescription()).endsWith("."))
                .allSatisfy(parameter -> assertThat(parameter.getRequired()).isNotNull())
                .allSatisfy(parameter -> assertThat(parameter.getRequired() && parameter.getDefaultValue() != null)
                        .isFalse());
        assertThat(definition.getTemplateParameters().stream().map(RouteTemplateParameterDefinition::getName))
                .containsExactlyInAnyOrderElementsOf(usedParameters(template));
    }

    @ParameterizedTest
    @ValueSource(strings = {"route-templates.yaml", "route-templates.java"})
    void theDocumentedRoutesStoreTheVideoOfAnOrder(String routes) throws Exception {
        load("sora-fire-and-forget");
        load("sora-deliver");
        Snippets.load(camel, Snippets.file(routes));
        camel.start();

        order("order", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        String task = recordOf("4711").taskId();
        assertThat(video(task)).isNotEmptyFile();
        assertThat(logged)
                .containsExactly(
                        "Key 4711 is task " + task, "Key 4711 is " + video(task), "Order 4711 is " + task + ".mp4");
        assertThat(camel.getRoutes()).extracting("routeId").contains("orders", "stored-orders");
    }

    @ParameterizedTest
    @ValueSource(strings = "route-templates.properties")
    void theTemplatesAreLoadedFromTheClassPathBeforeTheRoutes(String properties) throws Exception {
        Main main = new Main();
        try {
            main.setPropertyPlaceholderLocations("file:" + Snippets.file(properties));
            String pattern = Snippets.read(Snippets.file(properties)).strip().replaceFirst(".*?=", "");
            assertThat(pattern).endsWith(",classpath:camel/*.yaml");
            main.addOverrideProperty(
                    "camel.main.routes-include-pattern",
                    pattern.replaceFirst("classpath:camel/.*", "file:" + Snippets.file("route-templates.yaml")));
            main.addInitialProperty("camel.component.sora.api-key", toApis.apiKey());
            main.addInitialProperty("camel.component.sora.base-url", toApis.baseUrl());

            main.start();

            assertThat(main.getCamelContext().getRoutes()).extracting("routeId").contains("orders", "stored-orders");
        } finally {
            main.stop();
        }
    }

    @Test
    void twoRoutesOfOneTemplateStoreTheirVideos() throws Exception {
        load("sora-remix-and-store");
        Path special = folder.resolve("special");
        camel.start();
        TemplatedRouteBuilder.builder(camel, "sora-remix-and-store")
                .parameter("input", "direct:plain")
                .add();
        TemplatedRouteBuilder.builder(camel, "sora-remix-and-store")
                .parameter("input", "direct:special")
                .parameter("requestKey", "${header.orderId}")
                .parameter("tag", "special")
                .parameter("directory", special)
                .parameter("fileName", "${header.orderId}.mp4")
                .parameter("completionTimeout", "1h")
                .add();

        Exchange plain = order("plain", "4711", "Add a puppy");
        Exchange other = order("special", "4712", "Add a puppy");

        File video = plain.getMessage().getBody(File.class);
        assertThat(video).hasParent(folder.resolve("videos").toFile()).isNotEmpty();
        assertThat(other.getMessage().getBody(File.class))
                .isEqualTo(special.resolve("4712.mp4").toFile());
        assertThat(recordOf("4712").tag()).isEqualTo("special");
        assertThat(toApis.books().submitsReceived()).isEqualTo(2);
    }

    @Test
    void aParameterHasAnyCharacters() throws Exception {
        load("sora-remix-and-store");
        Path directory = folder.resolve("R&D + 100%");
        camel.start();
        TemplatedRouteBuilder.builder(camel, "sora-remix-and-store")
                .parameter("input", "direct:special")
                .parameter("requestKey", "a&b + 100% ${header.orderId}")
                .parameter("tag", "R&D + 1")
                .parameter("directory", directory)
                .add();

        Exchange out = order("special", "4712", "Add a puppy");

        assertThat(out.getMessage().getBody(File.class))
                .hasParent(directory.toFile())
                .isNotEmpty();
        assertThat(recordOf("a&b + 100% 4712").tag()).isEqualTo("R&D + 1");
    }

    @Test
    void anOrderWithoutAnIdIsRejectedAndNotPaid() throws Exception {
        fireAndForget();

        Exchange out = send("direct:in", "Add a puppy", Map.of("CamelSoraVideoId", toApis.addSource()));

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void aFailedTaskIsLoggedAndNotSentOn() throws Exception {
        deliver("mock:stored", "0");

        writeFailure("4711", "orders", Map.of());

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).containsExactly("Key 4711 has FAILED: It broke");
    }

    @Test
    void aSubmitOfADeadJvmIsLoggedAsPossiblyPaid() throws Exception {
        toApis.lookup(LookUp.OFF);
        writeIntent("4711", "orders", Map.of());

        deliver("direct:nowhere", "0");

        await().atMost(LIMIT).until(() -> recordOf("4711").times().lossReportedAt() != null);
        assertThat(logged).singleElement().asString().startsWith("Key 4711 may be paid for. Do not send it again: ");
    }

    @Test
    void aVideoThatHasExpiredIsLoggedAndNotSentOn() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        fireAndForget();
        deliver("direct:nowhere", "0");

        String task = order("in", "4711", "Add a puppy").getMessage().getHeader("CamelSoraTaskId", String.class);
        toApis.expire(task);

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(logged).last().asString().startsWith("Key 4711 is lost: The video of task ");
    }

    @Test
    void aVideoIsDeliveredAgainWhenItsReceiverHasFailed() throws Exception {
        options.setRedeliveryDelay(10);
        AtomicInteger calls = new AtomicInteger();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stored").process(exchange -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IllegalStateException("The receiver is not available");
                    }
                });
            }
        });
        fireAndForget();
        deliver("direct:stored", "5");

        order("in", "4711", "Add a puppy");

        await().atMost(LIMIT).until(() -> isDelivered("4711"));
        assertThat(calls).hasValue(3);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void anEndedTaskIsNotifiedByAPostWithoutItsAddress() throws Exception {
        fireAndForget();
        notifyReceiver();

        Exchange out = order("in", "4711", "Add a puppy");
        await().atMost(LIMIT).until(() -> isDelivered("4711"));

        String task = out.getMessage().getHeader("CamelSoraTaskId", String.class);
        assertThat(posts)
                .singleElement()
                .asString()
                .startsWith("POST application/json {")
                .doesNotContain("http");
        assertThat(notified().path("key").asText()).isEqualTo("4711");
        assertThat(notified().path("id").asText()).isEqualTo(task);
        assertThat(notified().path("status").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void aFailedTaskIsNotifiedWithItsReason() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        fireAndForget();
        notifyReceiver();

        Exchange out = order("in", "4711", "Add a puppy");
        toApis.fail(
                out.getMessage().getHeader("CamelSoraTaskId", String.class),
                "generation_failed",
                "Verstößt, leider, gegen \"die Regeln\"");
        await().atMost(LIMIT).until(() -> isDelivered("4711"));

        assertThat(notified().path("status").asText()).isEqualTo("FAILED");
        assertThat(notified().path("errorCode").asText()).isEqualTo("generation_failed");
        assertThat(notified().path("errorMessage").asText()).isEqualTo("Verstößt, leider, gegen \"die Regeln\"");
    }

    static List<String> templates() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> usedParameters(String template) {
        return KameletFile.parametersOf(Snippets.read(FOLDER.resolve(template + ".yaml")));
    }

    /** Loads a template as it is, but for where it stores videos. */
    private void load(String template) throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/routes/templates/" + template + ".yaml")) {
            String content = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("defaultValue: videos", "defaultValue: " + folder.resolve("videos"));
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(template + ".yaml", content));
        }
    }

    private void fireAndForget() throws Exception {
        load("sora-fire-and-forget");
        camel.start();
        TemplatedRouteBuilder.builder(camel, "sora-fire-and-forget")
                .parameter("input", "direct:in")
                .parameter("tag", "orders")
                .parameter("requestKey", "${header.orderId}")
                .add();
    }

    private void deliver(String output, String maximumRedeliveries) throws Exception {
        load("sora-deliver");
        camel.start();
        TemplatedRouteBuilder.builder(camel, "sora-deliver")
                .parameter("tag", "orders")
                .parameter("output", output)
                .parameter("maximumRedeliveries", maximumRedeliveries)
                .add();
    }

    private void notifyReceiver() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        load("sora-notify");
        TemplatedRouteBuilder.builder(camel, "sora-notify")
                .parameter("tag", "orders")
                .parameter("output", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/videos?by=sora")
                .add();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        posts.add(exchange.getRequestMethod() + " " + type + " " + body);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private JsonNode notified() throws IOException {
        return new ObjectMapper().readTree(posts.get(0).replaceFirst(".*?\\{", "{"));
    }

    @AfterEach
    void stopReceiver() {
        camel.stop();
        if (receiver != null) {
            receiver.stop(0);
        }
    }
}
