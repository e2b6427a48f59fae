package io.github.camelsora.internal.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the values of a tag that come from requests: each value is a time series of its own, which the monitoring keeps.
 * Thread-safe.
 */
final class BoundedTag {
    static final String OTHER = "other";
    static final String NONE = "none";
    private static final int LONGEST = 64;

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * Creates a tag without values.
     *
     * @param most how many different values it may have, beside {@link #OTHER} and {@link #NONE}
     */
    BoundedTag(int most) {
        this.most = most;
    }

    /** The value itself if it is among the first ones; {@link #NONE} when there is no value. */
    String of(String value) {
        if (value == null || value.isBlank()) {
            return NONE;
        }
        return isKnown(value) ? value : OTHER;
    }

    boolean isKnown(String value) {
        if (known.contains(value)) {
            return true;
        }
        synchronized (this) {
            return value.length() <= LONGEST && known.size() < most && known.add(value);
        }
    }
}
