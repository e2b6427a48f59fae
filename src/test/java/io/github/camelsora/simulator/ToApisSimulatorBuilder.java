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

/** Chooses what a simulator shall be, and starts it. What can change while it runs is in {@link SimulatorBehaviour}. */
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
     * Sets the port of the API. 0 at first.
     *
     * @param port 0 for any that is free
     * @return this
     */
    public ToApisSimulatorBuilder port(int port) {
        this.port = checkPort(port);
        return this;
    }

    /**
     * Sets the port of the file host. 0 at first.
     *
     * @param port 0 for any that is free
     * @return this
     */
    public ToApisSimulatorBuilder filePort(int port) {
        this.filePort = checkPort(port);
        return this;
    }

    /**
     * Adds a key of the default account. Without any it has {@code sk-simulator}.
     *
     * @param key a key that callers send as bearer token
     * @return this
     */
    public ToApisSimulatorBuilder apiKey(String key) {
        keys.add(checkKey(key));
        return this;
    }

    /**
     * Sets the credits of the default account. 1 000 000 at first.
     *
     * @param credits not negative, or {@link ToApisSimulator#UNLIMITED}
     * @return this
     */
    public ToApisSimulatorBuilder credits(long credits) {
        this.credits = checkCredits(credits);
        return this;
    }

    /**
     * Adds another account. It has credits and tasks of its own, and does not see those of others.
     *
     * @param name any name but {@code default}
     * @param credits not negative, or {@link ToApisSimulator#UNLIMITED}
     * @param keys its keys
     * @return this
     */
    public ToApisSimulatorBuilder account(String name, long credits, String... keys) {
        if (name.equals(DEFAULT_ACCOUNT)) {
            throw new IllegalArgumentException("The default account is set up by apiKey(…) and credits(…)");
        }
        List.of(keys).forEach(ToApisSimulatorBuilder::checkKey);
        otherAccounts.add(new Accounts.InitialAccount(name, checkCredits(credits), List.of(keys)));
        return this;
    }

    /**
     * Sets the clock. At first it is {@link SimulatorClock#real()}. {@link ToApisSimulator#reset} undoes its moves.
     *
     * @param clock a running or a stopped one
     * @return this
     */
    public ToApisSimulatorBuilder clock(SimulatorClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets where the ids of tasks come from. At first they are {@code video_} and a random UUID.
     *
     * @param ids gives another id each time, not empty; may be asked by several threads at once
     * @return this
     */
    public ToApisSimulatorBuilder ids(Supplier<String> ids) {
        this.ids = Objects.requireNonNull(ids, "ids");
        return this;
    }

    /**
     * Lets both hosts speak HTTPS only.
     *
     * @param tls with a certificate for 127.0.0.1 or whatever the client checks
     * @return this
     */
    public ToApisSimulatorBuilder tls(SSLContext tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    /**
     * Closes connections on which no request came for so long, without a word, as servers do. At first they stay open.
     *
     * @param timeout by the machine's clock, at least 1 ms
     * @return this
     */
    public ToApisSimulatorBuilder idleTimeout(Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("An idle timeout is 1 ms at least, not " + timeout);
        }
        this.idleTimeout = timeout;
        return this;
    }

    /**
     * Sets how many requests {@link ToApisSimulator#requests()} keeps. 10 000 at first. The books count all of them in
     * any case.
     *
     * @param count the latest so many
     * @return this
     */
    public ToApisSimulatorBuilder requestsKept(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Fewer than no requests cannot be kept: " + count);
        }
        this.requestsKept = count;
        return this;
    }

    /**
     * Tells somebody of each request when its answer is about to be sent, say to show it on a console.
     *
     * @param listener gets the request and the HTTP status of its answer, 0 when the connection is cut instead; called
     *     by several threads at once
     * @return this
     */
    public ToApisSimulatorBuilder onAnswer(BiConsumer<ReceivedRequest, Integer> listener) {
        this.onAnswer = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Tells somebody of each try to deliver an event when its answer has come, or none will.
     *
     * @param listener gets what became of the event so far; called by several threads at once
     * @return this
     */
    public ToApisSimulatorBuilder onWebhook(Consumer<WebhookDelivery> listener) {
        this.onWebhook = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Starts a simulator. This builder can start more of them.
     *
     * @return the simulator, which listens already
     * @throws java.io.UncheckedIOException if a port is taken
     */
    public ToApisSimulator start() {
        return new ToApisSimulator(this);
    }

    List<Accounts.InitialAccount> initialAccounts() {
        List<Accounts.InitialAccount> openings = new ArrayList<>();
        openings.add(new Accounts.InitialAccount(
                DEFAULT_ACCOUNT, credits, keys.isEmpty() ? List.of(DEFAULT_KEY) : List.copyOf(keys)));
        openings.addAll(otherAccounts);
        return openings;
    }

    static long checkCredits(long credits) {
        if (credits < ToApisSimulator.UNLIMITED) {
            throw new IllegalArgumentException("Credits are 0 or more, or -1 for no limit, not " + credits);
        }
        return credits;
    }

    private static int checkPort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is 0 to 65535, not " + port);
        }
        return port;
    }

    private static String checkKey(String key) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("A key is not blank");
        }
        return key;
    }
}
