package io.github.camelsora.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file with one line for each delivery to a route. A written line survives a kill of its JVM. */
final class DeliveryJournal implements AutoCloseable {
    private final FileChannel file;

    private DeliveryJournal(FileChannel file) {
        this.file = file;
    }

    /**
     * One delivery.
     *
     * @param node the name of its JVM
     * @param key the key of the submit
     * @param taskId the task id; {@code -} for a lost submit
     * @param status the status of the task
     * @param receiver which route received it
     * @param receivedAt when the route received it, in milliseconds of the machine's clock
     * @param doneAt when the route had finished with it, in milliseconds of the machine's clock
     */
    record Entry(
            String node, String key, String taskId, String status, Receiver receiver, long receivedAt, long doneAt) {
        static final String NO_ID = "-";

        private static Entry parse(String line) {
            String[] parts = line.split(" ");
            return new Entry(
                    parts[0],
                    parts[1],
                    parts[2],
                    parts[3],
                    Receiver.valueOf(parts[4]),
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[6]));
        }

        private String line() {
            return String.join(
                    " ", node, key, taskId, status, receiver.name(), Long.toString(receivedAt), Long.toString(doneAt));
        }

        boolean isLost() {
            return taskId.equals(NO_ID);
        }
    }

    /** The kind of route. */
    enum Receiver {
        /** The route that submitted the remix and waits for it. */
        WAITING,
        /** {@code from("sora:tasks")}. */
        TASKS
    }

    static DeliveryJournal open(Path path) throws IOException {
        return new DeliveryJournal(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Writes a line. It is on the disk when this returns. */
    synchronized void write(Entry entry) {
        try {
            file.write(ByteBuffer.wrap((entry.line() + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the lines written so far. An incomplete last line is ignored. */
    static List<Entry> read(Path path) {
        return CompleteLines.of(path).map(Entry::parse).toList();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
