package desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.simulator.ToApisSimulator;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * The desk with a simulator in the place of the service: no key, no account, no money. Run as a program, it has a made-up day, prints its
 * address, and stays.
 */
public final class SimulatedDesk implements AutoCloseable {
    private static final String PRICES = "sora-2=20,sora-2-pro=60,sora-2-vip=35,grok-video-1.0=12,seedance-2-5=45";

    static {
        // So that a test can send another name of the server. The JDK reads it once, when the first client sends, which may be Selenium's.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final ToApisSimulator toApis;
    private final Properties properties = new Properties();
    private final int port;
    private Main main;
    private MadeUpPresent present;

    private SimulatedDesk(int port, Map<String, String> properties) throws IOException {
        this.port = port;
        this.toApis = ToApisSimulator.builder()
                .credits(4_310)
                .account("trailers", 800, "sk-trailers")
                // A lost submit stays lost until an operator finds it.
                .lookup(LookUp.OFF)
                .price("sora-2-pro", 60)
                .price("grok-video-1.0", 12)
                .taskDuration(SimulatedDesk::duration)
                .start();
        // Another folder each time: this day is made up anew.
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "simulated-desk-");
        this.properties.putAll(toApis.camelProperties());
        this.properties.putAll(Map.of(
                "camel.server.port", String.valueOf(port),
                "camel.component.sora.ledger-file", folder.resolve("ledger").toString(),
                "camel.component.sora.credit-prices", PRICES,
                // Progress is seen to grow.
                "camel.component.sora.poll-schedule", "fixed",
                "camel.component.sora.poll-interval", "2s",
                "camel.component.sora.spend-limit", "12000/1d,60000/30d",
                "desk.account.shop", "account=shop&apiKey=sk-shop-of-last-year",
                "desk.account.trailers", "account=trailers&apiKey=sk-trailers"));
        this.properties.putAll(properties);
        this.properties.values().removeIf(""::equals);
        this.main = newMain();
    }

    private Main newMain() {
        Main application = new Main();
        application.setOverrideProperties(properties);
        return application;
    }

    /**
     * Starts a desk with an empty ledger.
     *
     * @param properties properties of the application that differ from those of the sample; an empty value: it has none
     * @return the desk, which already answers
     * @throws Exception if it does not start
     */
    public static SimulatedDesk start(Map<String, String> properties) throws Exception {
        SimulatedDesk desk = new SimulatedDesk(freePort(), properties);
        desk.main.start();
        return desk;
    }

    /**
     * Runs the desk with a made-up day until the JVM is stopped.
     *
     * @param args none; the system property {@code desk.port} has the port, 8080 by default, 0 for a free one
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        int port = Integer.getInteger("desk.port", 8080);
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            // Else Camel logs a failure, and runs on without a server.
        } catch (BindException e) {
            throw new IllegalStateException("Port " + port + " is taken. Choose another one: -Ddesk.port=8090", e);
        }
        SimulatedDesk desk = startWithDay(port == 0 ? freePort() : port, Map.of("desk.writable", "true"));
        desk.lostTasks().forEach((key, id) -> System.out.println("== The vendor's console has " + id + " for " + key));
        System.out.println("== The desk: " + desk.address());
        Runtime.getRuntime().addShutdownHook(new Thread(desk::close));
        Thread.currentThread().join();
    }

    /**
     * Starts a desk with a made-up day.
     *
     * @param port its port
     * @param properties properties of the application that differ from those of the sample
     * @return the desk, which already answers
     * @throws Exception if it does not start
     */
    public static SimulatedDesk startWithDay(int port, Map<String, String> properties) throws Exception {
        SimulatedDesk desk = new SimulatedDesk(port, properties);
        try {
            desk.main.start();
            new MadeUpDay(desk).write();
            // The component learns at its start how long tasks take.
            desk.main.stop();
            desk.main = desk.newMain();
            desk.main.start();
            desk.present = new MadeUpPresent(desk);
            desk.present.begin();
        } catch (Exception e) {
            desk.close();
            throw e;
        }
        return desk;
    }

    /** Which id an operator finds in the vendor's console for each submit whose answer was lost, by key. */
    public Map<String, String> lostTasks() {
        return present.lostTasks();
    }

    /** The address of the page. */
    public String address() {
        return "http://127.0.0.1:" + port + "/desk/";
    }

    /** The service. */
    public ToApisSimulator toApis() {
        return toApis;
    }

    /** The application. */
    public CamelContext camel() {
        return main.getCamelContext();
    }

    /** The component of the application. */
    public SoraComponent component() {
        return camel().getComponent("sora", SoraComponent.class);
    }

    @Override
    public void close() {
        main.stop();
        toApis.close();
    }

    /** Five seconds for a short prompt, which a person waits for at the form; up to an hour for one that says slowly. */
    private static Duration duration(JsonNode request) {
        String prompt = request.path("prompt").asText();
        boolean isFast = !request.path("model").asText().equals("sora-2-pro");
        return !prompt.toLowerCase(Locale.ROOT).contains("slowly")
                ? Duration.ofSeconds(5)
                : Duration.ofMinutes(isFast ? 7 + prompt.length() % 4 : 25 + prompt.length() % 40);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
