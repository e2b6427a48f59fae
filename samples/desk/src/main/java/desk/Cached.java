package desk;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Values that are computed at most once in a while, however often the page asks for them.
 *
 * @param <V> the type of the values
 */
final class Cached<V> {
    private record Entry<V>(V value, long computedAt) {}

    private final ConcurrentMap<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final long nanos;

    Cached(Duration time) {
        this.nanos = time.toNanos();
    }

    V get(String key, Supplier<V> computation) {
        return entries.compute(
                        key,
                        (k, known) -> known != null && System.nanoTime() - known.computedAt < nanos
                                ? known
                                : new Entry<>(computation.get(), System.nanoTime()))
                .value;
    }
}
