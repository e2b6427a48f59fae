package io.github.camelsora.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of this JVM for ledgers, journals and logs. Surefire runs these tests in two JVMs at the same time, and does
 * not tell a JVM its number: in a common folder the scenario of one JVM would empty that of the other and read its journals.
 */
final class JvmFolder {
    private static final Path PARENT = Path.of("target", "crash");

    /** Locked until this JVM ends; the operating system then releases it, also after a kill. */
    private static FileChannel lock;

    private static final Path FOLDER = acquire();

    private JvmFolder() {}

    static Path resolve(String name) {
        return FOLDER.resolve(name);
    }

    /** The first folder whose lock no other JVM holds. */
    private static Path acquire() {
        try {
            for (int number = 1; lock == null; number++) {
                Path folder = Files.createDirectories(PARENT.resolve("jvm-" + number));
                FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (channel.tryLock() != null) {
                    lock = channel;
                    return folder.toAbsolutePath();
                }
                channel.close();
            }
            throw new IllegalStateException("This JVM has a folder already");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
