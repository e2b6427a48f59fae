package sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelsora.simulator.ToApisSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the application as it is, without a key and without an address that the vendor can reach: the service is a simulator in
 * this JVM, which sends its webhooks to the web server of the application.
 */
public final class SimulatedRun {
    private static final String SECRET = "whsec-of-the-simulator";
    private static final int WAITING_ORDERS = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final String server;

    private SimulatedRun(Path folder, String server) {
        this.folder = folder;
        this.server = server;
    }

    /**
     * Runs until all orders are done.
     *
     * @param args none
     * @throws Exception if an order was not done, or the health is not reported, and the build fails
     */
    public static void main(String[] args) throws Exception {
        // Another folder each time: in the ledger of the last run these orders are done and paid.
        Path folder = Files.createTempDirectory(Path.of("target"), "simulated-run-");
        int port = freePort();
        new SimulatedRun(folder, "http://127.0.0.1:" + port).run(port);
    }

    private void run(int port) throws Exception {
        String receiver = server + "/hooks/sora";
        try (ToApisSimulator toApis = ToApisSimulator.builder()
                        .taskDuration(Duration.ofSeconds(3))
                        .webhook(receiver, SECRET)
                        .start();
                ConfigurableApplicationContext application = SpringApplication.run(
                        OrdersApplication.class,
                        "--server.port=" + port,
                        "--spring.datasource.url=jdbc:h2:file:" + folder.toAbsolutePath() + "/orders;WRITE_DELAY=0",
                        "--camel.component.sora.base-url=" + toApis.baseUrl(),
                        "--camel.component.sora.api-key=" + toApis.apiKey(),
                        // Its videos are on this machine, and downloads from private hosts are rejected by default.
                        "--camel.component.sora.allow-private-hosts=true",
                        "--camel.component.sora.webhook-secret=" + SECRET,
                        "--camel.component.sora.callback-url=" + receiver,
                        "--sora.orders=" + folder.resolve("orders"),
                        "--sora.directory=" + folder.resolve("videos"))) {
            say("Spring Boot " + SpringApplication.class.getPackage().getImplementationVersion() + ", Camel "
                    + CamelContext.class.getPackage().getImplementationVersion());
            order(toApis, application.getBean(CamelContext.class));
            report(toApis);
            awaitHealth("UP", "context");
            say("The database of the application is closed");
            application.getBean(HikariDataSource.class).close();
            awaitHealth("DOWN", "consumer:ended", "sora-ledger");
        }
    }

    private void order(ToApisSimulator toApis, CamelContext camel) throws Exception {
        NotifyBuilder tested =
                new NotifyBuilder(camel).fromRoute("webhooks").whenCompleted(1).create();
        NotifyBuilder waiting = new NotifyBuilder(camel)
                .fromRoute("orders")
                .whenCompleted(WAITING_ORDERS)
                .create();
        NotifyBuilder ended =
                new NotifyBuilder(camel).fromRoute("ended").whenCompleted(1).create();
        say("The test button of the vendor's console is pressed");
        toApis.webhooks().sendTest();
        String source = toApis.addSource();
        say("Orders are dropped into " + folder.resolve("orders")
                + ", and one is submitted without an exchange that waits for it");
        for (int i = 1; i <= WAITING_ORDERS; i++) {
            drop("order-" + i, "{\"video_id\": \"" + source + "\", \"prompt\": \"Add puppy number " + i + "\"}");
        }
        camel.createFluentProducerTemplate()
                .to("sora:remix?waitForCompletion=false&requestKey=order-without-waiter&videoId=" + source)
                .withBody("Add a cat")
                .request();
        if (!tested.matches(1, TimeUnit.MINUTES)
                || !waiting.matches(1, TimeUnit.MINUTES)
                || !ended.matches(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Not all orders are done after a minute; the log above says why");
        }
    }

    private void drop(String name, String order) throws IOException {
        Path orders = Files.createDirectories(folder.resolve("orders"));
        Path written = Files.writeString(orders.resolve(name + ".part"), order);
        Files.move(written, orders.resolve(name + ".json"));
    }

    private void report(ToApisSimulator toApis) throws IOException {
        try (var videos = Files.list(folder.resolve("videos"))) {
            videos.sorted()
                    .forEach(video -> say(video + ", " + video.toFile().length() + " bytes"));
        }
        say(toApis.webhooks().deliveries().size() + " webhooks were received");
        say(toApis.books().submitsReceived() + " videos were submitted and paid for");
    }

    private void awaitHealth(String status, String... checks) throws Exception {
        Instant last = Instant.now().plusSeconds(60);
        JsonNode health = health();
        while (!isHealth(health, status, checks)) {
            if (Instant.now().isAfter(last)) {
                throw new IllegalStateException("The health is not " + status + " after a minute, but " + health);
            }
            Thread.sleep(200);
            health = health();
        }
        for (String check : checks) {
            say("Health: " + check + " is " + status);
        }
    }

    private static boolean isHealth(JsonNode health, String status, String... checks) {
        JsonNode details = health.path("details");
        return health.path("status").asText().equals(status)
                && Stream.of(checks).allMatch(check -> details.path(check).asText().equals(status));
    }

    private JsonNode health() throws Exception {
        URI address = URI.create(server + "/actuator/health/camelHealth");
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return new ObjectMapper()
                .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void say(String text) {
        System.out.println("== " + text);
    }
}
