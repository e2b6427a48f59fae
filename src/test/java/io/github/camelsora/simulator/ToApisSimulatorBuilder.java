package io.github.camelsora.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Configures and starts a simulator. {@link SimulatorBehaviour} has the settings that can change while it runs. */
public final class ToApisSimulatorBuilder extends SimulatorBehaviour<ToApisSimulatorBuilder> {

    private static final String DEFAULT_ACCOUNT = "default";
    private static final String DEFAULT_KEY = "sk-simulator";

    int port;
    int filePort;
    SSLContext tls;
    Duration idleTimeout = Duration.ZERO;
    SimulatorClock clock = SimulatorClock.real();
    Supplier<String> ids = () -> "video_" + UUID.randomUUID();
    int requestsKept = 10_000;
    BiConsumer<ReceivedRequest, Integer> onAnswer = (request, status) -> {};
    Consumer<WebhookDelivery> onWebhook = delivery -> {};
    private long credits = 1_000_000;
    private final List<String> keys = new ArrayList<>();
    private final List<Accounts.InitialAccount> otherAccounts = new ArrayList<>();

    ToApisSimulatorBuilder() {}

    @Override
    ToApisSimulatorBuilder self() {
        return this;
    }

    /**
     * Sets the port of the API. By default a free one is chosen.
     *
     * @param port 0 to 65535; 0 for any free port
     * @return this
     * @throws IllegalArgumentException if it is out of that range
     */
    public ToApisSimulatorBuilder port(int port) {
        this.port = checkPort(port);
        return this;
    }

    /**
     * Sets the port of the file host. By default a free one is chosen.
     *
     * @param port 0 to 65535; 0 for any free port
     * @return this
     * @throws IllegalArgumentException if it is out of that range
     */
    public ToApisSimulatorBuilder filePort(int port) {
        this.filePort = checkPort(port);
        return this;
    }

    /**
     * Adds a key of the default account. By default its only key is {@code sk-simulator}.
     *
     * @param key the key that clients send as bearer token, not blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public ToApisSimulatorBuilder apiKey(String key) {
        keys.add(checkKey(key));
        return this;
    }

    /**
     * Sets the credits of the default account. The default is 1 000 000.
     *
     * @param credits not negative, or {@link ToApisSimulator#UNLIMITED}
     * @return this
     * @throws IllegalArgumentException if it is less than {@link ToApisSimulator#UNLIMITED}
     */
    public ToApisSimulatorBuilder credits(long credits) {
        this.credits = checkCredits(credits);
        return this;
    }

    /**
     * Adds another account, with its own credits and tasks. Accounts cannot see the tasks of each other.
     *
     * @param name any name except {@code default}
     * @param credits not negative, or {@link ToApisSimulator#UNLIMITED}
     * @param keys its keys, none blank
     * @return this
     * @throws IllegalArgumentException if an argument breaks one of these rules
     */
    public ToApisSimulatorBuilder account(String name, long credits, String... keys) {
        if (name.equals(DEFAULT_ACCOUNT)) {
            throw new IllegalArgumentException("The default account is configured by apiKey(…) and credits(…)");
        }
        List.of(keys).forEach(ToApisSimulatorBuilder::checkKey);
        otherAccounts.add(new Accounts.InitialAccount(name, checkCredits(credits), List.of(keys)));
        return this;
    }

    /**
     * Sets the clock. The default is {@link SimulatorClock#real()}. {@link ToApisSimulator#reset} undoes its moves.
     *
     * @param clock a running or a stopped one
     * @return this
     */
    public ToApisSimulatorBuilder clock(SimulatorClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets the source of task ids. The default is {@code video_} and a random UUID.
     *
     * @param ids returns a new id for each call, not empty; called by several threads at the same time
     * @return this
     */
    public ToApisSimulatorBuilder ids(Supplier<String> ids) {
        this.ids = Objects.requireNonNull(ids, "ids");
        return this;
    }

    /**
     * Makes both hosts speak only HTTPS.
     *
     * @param tls with a certificate that the client accepts for 127.0.0.1
     * @return this
     */
    public ToApisSimulatorBuilder tls(SSLContext tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /**
     * Closes idle connections, as servers do. By default they stay open.
     *
     * @param timeout the time without a request, by the machine's clock; at least 1 ms
     * @return this
     * @throws IllegalArgumentException if it is less than 1 ms
     */
    public ToApisSimulatorBuilder idleTimeout(Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("The idle timeout must be at least 1 ms, not " + timeout);
        }
        this.idleTimeout = timeout;
        return this;
    }

    /**
     * Sets how many requests {@link ToApisSimulator#requests()} keeps. The default is the last 10 000.
     * {@link ToApisSimulator#books()} counts all requests in any case.
     *
     * @param count not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public ToApisSimulatorBuilder requestsKept(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("The number of kept requests must not be negative: " + count);
        }
        this.requestsKept = count;
        return this;
    }

    /**
     * Sets a listener that is called for each request before its answer is sent, for instance to print it.
     *
     * @param listener gets the request and the HTTP status of its answer, 0 if the connection is closed instead; called
     *     by several threads at the same time
     * @return this
     */
    public ToApisSimulatorBuilder onAnswer(BiConsumer<ReceivedRequest, Integer> listener) {
        this.onAnswer = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets a listener that is called for each try to deliver an event, when it was answered or has failed.
     *
     * @param listener gets the delivery with its tries so far; called by several threads at the same time
     * @return this
     */
    public ToApisSimulatorBuilder onWebhook(Consumer<WebhookDelivery> listener) {
        this.onWebhook = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Starts a simulator. A builder can start several.
     *
     * @return the simulator, which already listens
     * @throws java.io.UncheckedIOException if a port is in use
     */
    public ToApisSimulator start() {
        return new ToApisSimulator(this);
    }

    List<Accounts.InitialAccount> initialAccounts() {
        List<Accounts.InitialAccount> accounts = new ArrayList<>();
        accounts.add(new Accounts.InitialAccount(
                DEFAULT_ACCOUNT, credits, keys.isEmpty() ? List.of(DEFAULT_KEY) : List.copyOf(keys)));
        accounts.addAll(otherAccounts);
        return accounts;
    }

    static long checkCredits(long credits) {
        if (credits < ToApisSimulator.UNLIMITED) {
            throw new IllegalArgumentException("Credits must be 0 or more, or -1 for no limit, not " + credits);
        }
        return credits;
    }

    private static int checkPort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port must be 0 to 65535, not " + port);
        }
        return port;
    }

    private static String checkKey(String key) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("A key must not be blank");
        }
        return key;
    }
}
