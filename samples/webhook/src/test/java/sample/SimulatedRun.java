package sample;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.WebhookDelivery;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.main.Main;

/**
 * Runs the routes and properties of this sample as they are, without a key and without an address that the vendor can reach: the
 * service is a simulator in this JVM, which sends its webhooks to the receiver in this JVM.
 */
public final class SimulatedRun {
    private static final String SECRET = "whsec-of-the-simulator";
    private static final int WAITING_ORDERS = 3;

    /** When the step after sora:remix began, by task. */
    private final Map<String, Instant> nextSteps = new ConcurrentHashMap<>();

    private final Path folder;

    private SimulatedRun(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs until all orders are done.
     *
     * @param args none
     * @throws Exception if an order was not done, and the build fails
     */
    public static void main(String[] args) throws Exception {
        // Another folder each time: in the ledger of the last run these orders are done and paid.
        new SimulatedRun(Files.createTempDirectory(Path.of("target"), "simulated-run-")).run();
    }

    private void run() throws Exception {
        int port = freePort();
        String receiver = "http://127.0.0.1:" + port + "/hooks/sora";
        try (ToApisSimulator toApis = ToApisSimulator.builder()
                .taskDuration(Duration.ofSeconds(3))
                .webhook(receiver, SECRET)
                .start()) {
            Main main = new Main();
            main.setOverrideProperties(Map.of(
                    "camel.server.port", String.valueOf(port),
                    "camel.component.sora.base-url", toApis.baseUrl(),
                    "camel.component.sora.api-key", toApis.apiKey(),
                    // Its videos are on this machine, and downloads from private hosts are rejected by default.
                    "camel.component.sora.allow-private-hosts", "true",
                    "camel.component.sora.webhook-secret", SECRET,
                    "camel.component.sora.callback-url", receiver,
                    "camel.component.sora.ledger-file", folder.resolve("ledger").toString(),
                    "sora.orders", folder.resolve("orders").toString(),
                    "sora.directory", folder.resolve("videos").toString()));
            main.start();
            try {
                order(toApis, main.getCamelContext());
            } finally {
                main.stop();
            }
        }
    }

    private void order(ToApisSimulator toApis, CamelContext camel) throws Exception {
        camel.getCamelContextExtension().addLogListener((exchange, logger, message) -> {
            if ("orders".equals(exchange.getFromRouteId())) {
                nextSteps.putIfAbsent(exchange.getMessage().getHeader("CamelSoraTaskId", String.class), Instant.now());
            }
            return message;
        });
        NotifyBuilder waiting = new NotifyBuilder(camel).fromRoute("orders").whenCompleted(WAITING_ORDERS).create();
        NotifyBuilder ended = new NotifyBuilder(camel).fromRoute("ended").whenCompleted(1).create();
        say("The test button of the vendor's console is pressed.");
        toApis.webhooks().sendTest();
        String source = toApis.addSource();
        say("Orders are dropped into " + folder.resolve("orders") + ", and one is submitted without an exchange that waits for it.");
        for (int i = 1; i <= WAITING_ORDERS; i++) {
            drop("order-" + i, "{\"video_id\": \"" + source + "\", \"prompt\": \"Add puppy number " + i + "\"}");
        }
        camel.createFluentProducerTemplate()
                .to("sora:remix?waitForCompletion=false&requestKey=order-without-waiter&videoId=" + source)
                .withBody("Add a cat")
                .request();
        if (!waiting.matches(1, TimeUnit.MINUTES) || !ended.matches(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Not all orders are done after a minute; the log above tells why");
        }
        report(toApis);
    }

    private void drop(String name, String order) throws IOException {
        Path orders = Files.createDirectories(folder.resolve("orders"));
        Path written = Files.writeString(orders.resolve(name + ".part"), order);
        Files.move(written, orders.resolve(name + ".json"));
    }

    /** Both times are of one clock, and the sending comes before the arrival: it took a little less than what is said here. */
    private void report(ToApisSimulator toApis) throws IOException {
        for (WebhookDelivery delivery : toApis.webhooks().deliveries()) {
            Instant nextStep = nextSteps.get(delivery.event().taskId());
            if (nextStep != null) {
                say("From the webhook to the next step of " + delivery.event().taskId() + ": "
                        + Duration.between(delivery.firstSentAt(), nextStep).toMillis() + " ms");
            }
        }
        say(toApis.books().submitsReceived() + " remixes were submitted, and the service was asked "
                + toApis.books().statusCalls() + " times how they are.");
        try (var videos = Files.list(folder.resolve("videos"))) {
            videos.sorted().forEach(video -> say(video + ", " + video.toFile().length() + " bytes"));
        }
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
