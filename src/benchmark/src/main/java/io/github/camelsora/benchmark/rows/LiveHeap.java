package io.github.camelsora.benchmark.rows;

import java.util.concurrent.TimeUnit;

/** How much of the heap is in use. */
final class LiveHeap {
    private static final int COLLECTIONS = 4;
    private static final long PAUSE_MILLIS = 200;

    private LiveHeap() {}

    /** Bytes that no collection sets free. What references keep a little longer has time to go. */
    static long bytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, used());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return least;
    }

    /** Bytes that are in use after one collection, for those who have no time. */
    static long bytesNow() {
        System.gc();
        return used();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
