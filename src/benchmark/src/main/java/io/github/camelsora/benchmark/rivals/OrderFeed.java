package io.github.camelsora.benchmark.rivals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts the files of the orders into a folder, each of them complete when it is seen. Some come again: half of these soon, half after the restart. */
final class OrderFeed implements AutoCloseable {
    private final Scenario scenario;
    private final List<Order> orders;
    private final List<Order> repeated;
    private final Path folder;
    private final Path writing;
    private final String video;
    private final Random random;
    private final AtomicInteger left;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    OrderFeed(Scenario scenario, Path folder, Path writing, String video) {
        this.scenario = scenario;
        this.folder = folder;
        this.writing = writing;
        this.video = video;
        random = new Random(scenario.seed());
        orders = Order.all(scenario.orders());
        List<Order> shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, random);
        repeated = List.copyOf(shuffled.subList(0, scenario.repeated()));
        left = new AtomicInteger(scenario.orders() + scenario.repeated());
    }

    /** The first order, which shows when the program has started. */
    void startWithOne() {
        put(orders.get(0));
    }

    /** All others. */
    void start() {
        long pause = scenario.feeding().toMillis() / orders.size();
        List<Order> soon = repeated.subList(0, repeated.size() / 2);
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            if (i > 0) {
                schedule(order, i * pause);
            }
            if (soon.contains(order)) {
                schedule(order, i * pause + within(scenario.feeding().dividedBy(4)));
            }
        }
    }

    /** The program runs again. */
    void restarted() {
        repeated.subList(repeated.size() / 2, repeated.size())
                .forEach(order -> schedule(order, scenario.feeding().toMillis() / 2 + within(scenario.feeding())));
    }

    private long within(Duration time) {
        return random.nextInt((int) time.toMillis());
    }

    private void schedule(Order order, long millis) {
        timer.schedule(() -> put(order), millis, TimeUnit.MILLISECONDS);
    }

    private void put(Order order) {
        try {
            Path file = Files.writeString(writing.resolve(order.fileName()), order.json(video));
            Files.move(
                    file,
                    folder.resolve(order.fileName()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            left.decrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isDone() {
        return left.get() == 0;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
