package io.github.camelsora.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What routes have taken, one line each in a file. A line that was written stays, whatever becomes of its JVM. */
final class Journal implements AutoCloseable {
    private final FileChannel file;

    private Journal(FileChannel file) {
        this.file = file;
    }

    /**
     * What one route has taken.
     *
     * @param node the name of its JVM
     * @param key the key of the task
     * @param taskId the service's id; {@code -} for a submit that is lost
     * @param status how it ended
     * @param taker which route took it
     * @param handedOverAt when it was handed to the route, in milliseconds of the machine's clock
     * @param takenAt when the route was done with it
     */
    record Entry(String node, String key, String taskId, String status, Taker taker, long handedOverAt, long takenAt) {
        static final String NO_ID = "-";

        private static Entry parse(String line) {
            String[] parts = line.split(" ");
            return new Entry(
                    parts[0],
                    parts[1],
                    parts[2],
                    parts[3],
                    Taker.valueOf(parts[4]),
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[6]));
        }

        private String line() {
            return String.join(
                    " ", node, key, taskId, status, taker.name(), Long.toString(handedOverAt), Long.toString(takenAt));
        }

        boolean isLost() {
            return taskId.equals(NO_ID);
        }
    }

    /** Which route takes. */
    enum Taker {
        /** The route that asked for the remix and waits for it. */
        WAITING,
        /** {@code from("sora:tasks")}. */
        TASKS
    }

    static Journal open(Path path) throws IOException {
        return new Journal(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Writes a line; it is on the disk when this returns. */
    synchronized void write(Entry entry) {
        try {
            file.write(ByteBuffer.wrap((entry.line() + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what was written up to now; a line that its JVM did not finish does not count. */
    static List<Entry> read(Path path) {
        try {
            String text = Files.exists(path) ? Files.readString(path) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(Entry::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
