package io.github.camelsora.benchmark.rivals;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.benchmark.PostgresServer;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import io.github.camelsora.simulator.ToApisSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.FileUtil;

/** One rival in the scenario, with a service, a database and folders of its own. */
final class RivalRun implements AutoCloseable {
    private static final int VIDEO_BYTES = videoBytes();

    /** The longest time from a notification to its record as delivered. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(2);

    private final Rival rival;
    private final Scenario scenario;
    private final Path folder;
    private final Path orders;
    private final Path videos;
    private final ToApisSimulator simulator;
    private final Entrance entrance;
    private final FaultPlan faults;
    private final Notifications notifications;
    private final String database;
    private final OrderFeed feed;
    private final RivalProcess program;
    private final Timeline timeline = new Timeline();
    private volatile long lastEvent = System.nanoTime();
    private long begin;
    private long killed;
    private long restarted;
    private int acceptedBeforeKill;

    private RivalRun(Rival rival, Scenario scenario, PostgresServer postgres, Path root) throws Exception {
        this.rival = rival;
        this.scenario = scenario;
        folder = root.resolve(rival.name()).toAbsolutePath();
        FileUtil.removeDir(folder.toFile());
        orders = Files.createDirectories(folder.resolve("orders"));
        videos = Files.createDirectory(folder.resolve("videos"));
        Path state = Files.createDirectory(folder.resolve("state"));
        Path writing = Files.createDirectory(folder.resolve("writing"));
        simulator = rival.service()
                .apply(ToApisSimulator.builder())
                .credits(ToApisSimulator.UNLIMITED)
                .taskDuration(request -> scenario.task(orderOf(request)))
                .onAnswer(this::answered)
                .start();
        faults = new FaultPlan(scenario);
        faults.applyTo(simulator);
        entrance = new Entrance(URI.create(simulator.baseUrl()).getPort());
        notifications = new Notifications(this::notified);
        feed = new OrderFeed(scenario, orders, writing, simulator.addSource());
        database = postgres.freshDatabase();
        Map<String, String> settings = new TreeMap<>();
        settings.put("rival.orders", orders.toString());
        settings.put("rival.videos", videos.toString());
        settings.put("rival.state", state.toString());
        settings.put("rival.api", "http://127.0.0.1:" + entrance.port());
        settings.put("rival.key", simulator.apiKey());
        settings.put("rival.notify", notifications.url());
        settings.put("rival.jdbc.url", database);
        settings.put("rival.jdbc.user", PostgresServer.USER);
        settings.put("rival.jdbc.password", PostgresServer.PASSWORD);
        program = new RivalProcess(rival, scenario, folder, settings);
    }

    /**
     * Runs a rival.
     *
     * @param rival the rival
     * @param scenario what happens to it
     * @param postgres where it gets a database of its own
     * @param root the folder in which it gets a folder of its own, with its log and what it stores
     * @return what has come of it
     * @throws Exception if it cannot be run
     */
    static RivalBooks run(Rival rival, Scenario scenario, PostgresServer postgres, Path root) throws Exception {
        try (RivalRun run = new RivalRun(rival, scenario, postgres, root)) {
            run.run();
            return run.books();
        }
    }

    private void answered(ReceivedRequest request, int status) {
        lastEvent = System.nanoTime();
        if (Call.SUBMIT.covers(request.call())) {
            String order = orderOf(request.json());
            timeline.add("submit of " + order + ": " + (status == 0 ? "accepted, the answer is lost" : status));
        }
    }

    private void notified(String order) {
        lastEvent = System.nanoTime();
        timeline.add("notification of " + order);
    }

    private void run() throws Exception {
        program.start();
        feed.startWithOne();
        Wait.upTo(scenario.patience()).until(() -> accepted() > 0);
        begin = System.nanoTime();
        feed.start();
        SplittableRandom moments = scenario.moments();
        awaitMomentAfter(scenario.acceptedBeforeKill(), moments);
        acceptedBeforeKill = accepted();
        program.kill();
        killed = System.nanoTime();
        timeline.add("the program is killed");
        Wait.passes(scenario.restart());
        restarted = System.nanoTime();
        program.start();
        timeline.add("the program is started again");
        feed.restarted();
        // Otherwise the outage could be over before the program has begun.
        Wait.upTo(scenario.patience()).until(() -> lastEvent > restarted);
        awaitMomentAfter(scenario.acceptedBeforeOutage(), moments);
        entrance.shut();
        timeline.add("the outage begins");
        Wait.passes(scenario.outage());
        entrance.reopen();
        timeline.add("the outage ends");
        lastEvent = System.nanoTime();
        Wait.upTo(scenario.limit().minusNanos(System.nanoTime() - begin)).until(() -> isThrough() || isQuiet());
        if (!feed.isDone()) {
            throw new IllegalStateException("Not all orders came, see " + folder);
        }
        if (isThrough()) {
            Wait.passes(scenario.settling());
        }
    }

    private void awaitMomentAfter(int orders, SplittableRandom moments) throws InterruptedException {
        Wait.upTo(scenario.patience()).until(() -> accepted() >= orders);
        Wait.passes(Duration.ofMillis(moments.nextInt((int) scenario.spread().toMillis() + 1)));
    }

    private boolean isThrough() {
        return feed.isDone() && notified().size() == scenario.orders();
    }

    private boolean isQuiet() {
        return feed.isDone() && System.nanoTime() - lastEvent > scenario.quiet().toNanos();
    }

    private int accepted() {
        return paid().size();
    }

    private Map<String, Integer> paid() {
        return counts(
                simulator.tasks().stream().filter(task -> task.charged() > 0).map(task -> orderOf(task.request())));
    }

    private static String orderOf(JsonNode request) {
        return Order.nameIn(request.path("prompt").asText());
    }

    private Map<String, Integer> notified() {
        return counts(notifications.all().stream().map(Notifications.Notification::order));
    }

    private static Map<String, Integer> counts(Stream<String> orders) {
        return orders.collect(Collectors.toMap(order -> order, order -> 1, Integer::sum, TreeMap::new));
    }

    private RivalBooks books() throws Exception {
        boolean hasEnded = !program.isRunning();
        // Nothing may change while the books are read.
        program.kill();
        timeline.write(folder.resolve("timeline.txt"));
        Map<String, Integer> before = new HashMap<>();
        Map<String, Integer> after = new HashMap<>();
        Map<String, Long> first = new HashMap<>();
        notifications.all().forEach(each -> {
            (each.nanos() < restarted ? before : after).merge(each.order(), 1, Integer::sum);
            first.putIfAbsent(each.order(), each.nanos());
        });
        Set<String> overKill = new HashSet<>(before.keySet());
        overKill.removeIf(order -> killed - first.get(order) > IN_FLIGHT.toNanos()
                || before.get(order) > 1
                || after.getOrDefault(order, 0) != 1);
        double seconds = first.values().stream().mapToLong(nanos -> nanos).max().orElse(begin);
        return new RivalBooks(
                rival,
                database,
                scenario.orders(),
                paid(),
                notified(),
                stored(),
                overKill,
                simulator.books().submitsReceived(),
                simulator.books().statusCalls(),
                new RivalBooks.Faults(
                        faults.submitsWith(FaultPlan.Fault.LOST),
                        faults.submitsWith(FaultPlan.Fault.UNAVAILABLE) + faults.submitsWith(FaultPlan.Fault.GATEWAY),
                        faults.submitsWith(FaultPlan.Fault.LIMITED),
                        acceptedBeforeKill),
                program.mostThreads(),
                (seconds - begin) / 1e9,
                LineCount.of(rival),
                hasEnded);
    }

    private Set<String> stored() {
        return Order.all(scenario.orders()).stream()
                .map(Order::name)
                .filter(order -> videos.resolve(order + ".mp4").toFile().length() == VIDEO_BYTES)
                .collect(Collectors.toSet());
    }

    private static int videoBytes() {
        try (InputStream in = ToApisSimulator.class.getResourceAsStream("remix.mp4")) {
            return in.readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        feed.close();
        program.close();
        entrance.close();
        notifications.close();
        simulator.close();
    }
}
