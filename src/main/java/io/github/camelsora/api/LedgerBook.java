package io.github.camelsora.api;

/**
 * The book of a ledger: the credits that are spent or held, by account, tenant and slice of time. Limits of spending need one. It
 * changes with {@link LedgerWrite#booking()} only. Thread-safe.
 */
public interface LedgerBook {

    /**
     * Reads the book of an account.
     *
     * @param account the account
     * @return what it holds; each call reads anew
     */
    Booking.Held held(String account);
}
