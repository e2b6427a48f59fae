package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The main class of the JVM of a rival. It writes the highest number of live threads into a file, again and again because the JVM will be
 * killed, and calls the rival's main method.
 */
final class WatchedProgram {
    private static final long PAUSE_MILLIS = 200;
    /** The one that watches, and the one that ends this JVM with its parent. */
    private static final int OURS = 2;

    private WatchedProgram() {}

    /**
     * Runs a rival.
     *
     * @param arguments the file for the number of threads, the rival's main class
     * @throws Exception of the rival
     */
    public static void main(String[] arguments) throws Exception {
        Jvm.endWithParent();
        Path file = Path.of(arguments[0]);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "thread-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleAtFixedRate(() -> write(file), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        Method main = Class.forName(arguments[1]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) new String[0]);
    }

    private static void write(Path file) {
        try {
            int others = ManagementFactory.getThreadMXBean().getPeakThreadCount() - OURS;
            Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), String.valueOf(others));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
