package io.github.camelsora.internal.spend;

import io.github.camelsora.api.Booking;
import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.Booking.Slice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** A book of one account in memory: a list of all that was written, in the order of writing. */
final class FakeBook implements Held {
    private final List<Booking> written = new ArrayList<>();

    /** As a ledger does: the check comes first, and nothing is written if it throws. */
    void write(Booking booking) {
        if (booking.isLimited()) {
            booking.check(this);
        }
        written.add(booking);
    }

    @Override
    public BigDecimal since(String tenant, Instant since) {
        return slices(tenant, since).stream().map(Slice::held).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public List<Slice> slices(String tenant, Instant since) {
        TreeMap<Instant, BigDecimal> slices = new TreeMap<>();
        written.stream()
                .filter(booking -> tenant == null || Objects.equals(tenant, booking.tenant()))
                .filter(booking -> !booking.slice().isBefore(since))
                .forEach(booking -> slices.merge(booking.slice(), booking.amount(), BigDecimal::add));
        return slices.entrySet().stream()
                .map(slice -> new Slice(slice.getKey(), slice.getValue()))
                .toList();
    }
}
