package io.github.camelsora.internal.download;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Fails a transfer that is too slow, so that a slow host does not hold a thread for days. */
final class MinimumSpeed {
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final long bytesPerSecond;
    private final long windowNanos;
    private final LongSupplier nanoTime;
    private long windowStart;
    private long bytes;

    /** Measures over windows of 30 seconds, from now. */
    MinimumSpeed(long bytesPerSecond) {
        this(bytesPerSecond, WINDOW, System::nanoTime);
    }

    MinimumSpeed(long bytesPerSecond, Duration window, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.windowNanos = window.toNanos();
        this.nanoTime = nanoTime;
        this.windowStart = nanoTime.getAsLong();
    }

    /** Counts received bytes; throws when the last window was too slow. */
    void received(int count) throws IOException {
        bytes += count;
        long nanos = nanoTime.getAsLong() - windowStart;
        if (nanos < windowNanos) {
            return;
        }
        double perSecond = bytes * 1e9 / nanos;
        if (perSecond < bytesPerSecond) {
            throw new IOException("the file host sends " + Math.round(perSecond) + " bytes a second, fewer than the "
                    + bytesPerSecond + " of minimumBytesPerSecond");
        }
        windowStart += nanos;
        bytes = 0;
    }
}
