package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.Booking.Slice;
import io.github.camelsora.api.LedgerBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The book of a ledger in memory: the credits that are held, by account, tenant and slice of time. Thread-safe. */
final class MemoryBook implements LedgerBook {
    private final Object lock;
    private final Map<Page, NavigableMap<Instant, BigDecimal>> pages = new HashMap<>();

    /**
     * Creates an empty book.
     *
     * @param lock the monitor of the ledger, which writes a booking together with its record
     */
    MemoryBook(Object lock) {
        this.lock = lock;
    }

    /** The slices of an account, or of one of its tenants. */
    private record Page(String account, String tenant) {}

    void write(Booking booking) {
        synchronized (lock) {
            add(new Page(booking.account(), null), booking);
            if (booking.tenant() != null) {
                add(new Page(booking.account(), booking.tenant()), booking);
            }
        }
    }

    private void add(Page page, Booking booking) {
        pages.computeIfAbsent(page, p -> new TreeMap<>())
                .merge(booking.slice(), booking.amount().max(BigDecimal.ZERO), (held, same) -> held.add(
                                booking.amount())
                        .max(BigDecimal.ZERO));
    }

    @Override
    public Held held(String account) {
        return new Held() {
            @Override
            public BigDecimal since(String tenant, Instant since) {
                // Without a copy: each submit adds up all slices of its window under the lock of the ledger.
                synchronized (lock) {
                    return page(tenant, since).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
                }
            }

            @Override
            public List<Slice> slices(String tenant, Instant since) {
                synchronized (lock) {
                    return page(tenant, since).entrySet().stream()
                            .map(slice -> new Slice(slice.getKey(), slice.getValue()))
                            .toList();
                }
            }

            private NavigableMap<Instant, BigDecimal> page(String tenant, Instant since) {
                return pages.getOrDefault(new Page(account, tenant), Collections.emptyNavigableMap())
                        .tailMap(since, true);
            }
        };
    }

    void removeBefore(Instant time) {
        synchronized (lock) {
            pages.values().forEach(slices -> slices.headMap(time).clear());
            pages.values().removeIf(NavigableMap::isEmpty);
        }
    }
}
