package io.github.camelsora.internal.cluster;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Threads that begin the same thing at the same moment. */
public final class Contenders {
    private static final long LIMIT_SECONDS = 60;

    private Contenders() {}

    /** Runs an action in so many threads at once, and answers what each came to. */
    public static <T> List<T> all(int count, IntFunction<T> action) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> results = IntStream.range(0, count)
                    .mapToObj(contender -> threads.submit(() -> {
                        start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                        return action.apply(contender);
                    }))
                    .toList();
            return results.stream().map(Contenders::valueOf).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T valueOf(Future<T> result) {
        try {
            return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("A contender failed", e.getCause());
        } catch (Exception e) {
            throw new AssertionError("A contender did not end", e);
        }
    }
}
