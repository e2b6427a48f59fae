package io.github.camelsora.internal.ledger.memory;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.Booking.Slice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The book of a ledger in memory: the credits that are held, by account, tenant and slice of time. Guarded by the ledger. */
final class MemoryBook {
    private final Map<Page, NavigableMap<Instant, BigDecimal>> pages = new HashMap<>();

    /** The slices of an account, or of one of its tenants. */
    private record Page(String account, String tenant) {}

    void write(Booking booking) {
        add(new Page(booking.account(), null), booking);
        if (booking.tenant() != null) {
            add(new Page(booking.account(), booking.tenant()), booking);
        }
    }

    private void add(Page page, Booking booking) {
        pages.computeIfAbsent(page, p -> new TreeMap<>())
                .merge(booking.slice(), booking.amount().max(BigDecimal.ZERO), (held, same) -> held.add(
                                booking.amount())
                        .max(BigDecimal.ZERO));
    }

    Held of(String account) {
        return new Held() {
            @Override
            public BigDecimal since(String tenant, Instant since) {
                return slices(tenant, since).stream().map(Slice::held).reduce(BigDecimal.ZERO, BigDecimal::add);
            }

            @Override
            public List<Slice> slices(String tenant, Instant since) {
                NavigableMap<Instant, BigDecimal> slices = pages.get(new Page(account, tenant));
                return slices == null
                        ? List.of()
                        : slices.tailMap(since, true).entrySet().stream()
                                .map(slice -> new Slice(slice.getKey(), slice.getValue()))
                                .toList();
            }
        };
    }

    void removeBefore(Instant time) {
        pages.values().forEach(slices -> slices.headMap(time).clear());
        pages.values().removeIf(NavigableMap::isEmpty);
    }
}
