package desk;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.simulator.LookUp;
import io.github.camelsora.simulator.ToApisSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * The desk with a simulator in the place of the service: no key, no account, no money. Run as a program, it has a made-up day, prints its
 * address, and stays.
 */
public final class SimulatedDesk implements AutoCloseable {
    private static final String PRICES = "sora-2=20,sora-2-pro=60,sora-2-vip=35,grok-video-1.0=12,seedance-2-5=45";

    private final ToApisSimulator toApis;
    private final Main main = new Main();
    private final int port;

    private SimulatedDesk(int port, Map<String, String> properties) {
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
        Map<String, Object> overrides = new HashMap<>(toApis.camelProperties());
        overrides.putAll(Map.of(
                "camel.server.port", String.valueOf(port),
                "camel.component.sora.credit-prices", PRICES,
                "camel.component.sora.spend-limit", "3000/1d,60000/30d",
                "desk.account.shop", "account=shop&apiKey=sk-shop-of-last-year",
                "desk.account.trailers", "account=trailers&apiKey=sk-trailers"));
        overrides.putAll(properties);
        java.util.Properties all = new java.util.Properties();
        all.putAll(overrides);
        main.setOverrideProperties(all);
    }

    /**
     * Starts a desk with an empty ledger in memory.
     *
     * @param properties properties of the application that differ from those of the sample
     * @return the desk, which already answers
     * @throws Exception if it does not start
     */
    public static SimulatedDesk start(Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("camel.component.sora.ledger-file", ""));
        all.putAll(properties);
        SimulatedDesk desk = new SimulatedDesk(freePort(), all);
        desk.main.start();
        return desk;
    }

    /**
     * Runs the desk with a made-up day until the JVM is stopped.
     *
     * @param args none; the system property {@code desk.port} has the port, 8080 by default
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "simulated-desk-");
        SimulatedDesk desk = new SimulatedDesk(
                Integer.getInteger("desk.port", 8080),
                Map.of("camel.component.sora.ledger-file", folder.resolve("ledger").toString(), "desk.writable", "true"));
        desk.main.start();
        String found = new MadeUpDay(desk).write();
        System.out.println("== " + found);
        System.out.println("== The desk: " + desk.address());
        Runtime.getRuntime().addShutdownHook(new Thread(desk::close));
        Thread.currentThread().join();
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

    /** Five seconds for a short prompt, which a person waits for at the form; up to an hour for {@code (slow)}. */
    private static Duration duration(com.fasterxml.jackson.databind.JsonNode request) {
        String prompt = request.path("prompt").asText();
        return prompt.contains("slowly") ? Duration.ofMinutes(20 + prompt.length() % 40) : Duration.ofSeconds(5);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
