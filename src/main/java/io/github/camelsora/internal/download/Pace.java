package io.github.camelsora.internal.download;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether bytes come fast enough, so that a host that drips holds no thread for days. */
final class Pace {
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final long bytesPerSecond;
    private final long windowNanos;
    private final LongSupplier nanoTime;
    private long begin;
    private long bytes;

    /** A pace that is asked for over 30 seconds, from now. */
    Pace(long bytesPerSecond) {
        this(bytesPerSecond, WINDOW, System::nanoTime);
    }

    Pace(long bytesPerSecond, Duration window, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.windowNanos = window.toNanos();
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Counts bytes that have come. */
    void came(int count) throws IOException {
        bytes += count;
        long nanos = nanoTime.getAsLong() - begin;
        if (nanos < windowNanos) {
            return;
        }
        double perSecond = bytes * 1e9 / nanos;
        if (perSecond < bytesPerSecond) {
            throw new IOException("the file host sends " + Math.round(perSecond) + " bytes a second, fewer than the "
                    + bytesPerSecond + " of minimumBytesPerSecond");
        }
        begin += nanos;
        bytes = 0;
    }
}
