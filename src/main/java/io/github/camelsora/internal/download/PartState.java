package io.github.camelsora.internal.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/**
 * What the host said about a file with its first byte, stored beside the part so that another JVM can resume it.
 *
 * @param validator the strong ETag, else the Last-Modified; null when there is neither, so that the part cannot be resumed
 * @param total the length of the whole file in bytes; -1 when the host does not say
 * @param contentType its media type; null when the host does not say
 */
record PartState(String validator, long total, String contentType) {
    static final PartState UNKNOWN = new PartState(null, -1, null);

    private static final int LONGEST = 8_192;

    /** The same state with a length that became known later. */
    PartState withTotal(long newTotal) {
        return new PartState(validator, newTotal, contentType);
    }

    void write(Path file) throws IOException {
        Properties lines = new Properties();
        lines.setProperty("total", Long.toString(total));
        if (validator != null) {
            lines.setProperty("validator", validator);
        }
        if (contentType != null) {
            lines.setProperty("contentType", contentType);
        }
        // An end mark, so that a torn file is not mistaken for a whole one.
        lines.setProperty("whole", "true");
        try (OutputStream out = Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            lines.store(out, null);
        }
    }

    /** Reads the state; empty when the part cannot be resumed. */
    static Optional<PartState> read(Path file) {
        Properties lines = new Properties();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            lines.load(new java.io.ByteArrayInputStream(in.readNBytes(LONGEST)));
            boolean isWhole = lines.containsKey("whole") && lines.containsKey("validator");
            return isWhole
                    ? Optional.of(new PartState(
                            lines.getProperty("validator"),
                            Long.parseLong(lines.getProperty("total")),
                            lines.getProperty("contentType")))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
