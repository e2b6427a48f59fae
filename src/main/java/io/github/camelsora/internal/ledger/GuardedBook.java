package io.github.camelsora.internal.ledger;

import io.github.camelsora.api.Booking.Held;
import io.github.camelsora.api.Booking.Slice;
import io.github.camelsora.api.LedgerBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The book of a ledger whose code is not ours, under the guard of {@link GuardedLedger}; each read of it, too.
 *
 * @param book the ledger's own
 * @param guard what each call is made through
 */
record GuardedBook(LedgerBook book, LedgerGuard guard) implements LedgerBook {
    @Override
    public Held held(String account) {
        Held held = guard.call("open the book of account " + account, () -> book.held(account));
        return new Held() {
            @Override
            public BigDecimal since(String tenant, Instant since) {
                return guard.call("read the book of account " + account, () -> held.since(tenant, since));
            }

            @Override
            public List<Slice> slices(String tenant, Instant since) {
                return guard.call("read the book of account " + account, () -> held.slices(tenant, since));
            }
        };
    }
}
