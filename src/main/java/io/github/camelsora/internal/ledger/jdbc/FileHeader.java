package io.github.camelsora.internal.ledger.jdbc;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the first bytes of a file that H2 has open. It must stay open until H2 has closed the file: on POSIX, closing any
 * descriptor of a file ends every lock that the process has on it, also that of H2, and another JVM could open the ledger.
 * Thread-safe.
 */
final class FileHeader implements AutoCloseable {
    /** The first bytes of a file of H2. */
    private static final byte[] EXPECTED = "H:2,".getBytes(StandardCharsets.US_ASCII);

    // Not a FileChannel, which an interrupt closes.
    private final RandomAccessFile file;

    FileHeader(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
    }

    /** Tells whether the file begins as those of H2 do. */
    synchronized boolean isOfH2() throws IOException {
        byte[] begin = new byte[EXPECTED.length];
        file.seek(0);
        return file.read(begin) == begin.length && Arrays.equals(EXPECTED, begin);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
