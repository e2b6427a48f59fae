package io.github.camelsora.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A change of the book that a ledger keeps of the credits that are spent: what was held or released, for which account and
 * tenant, in which slice of time. It is written in the commit of the record that it belongs to ({@link
 * LedgerWrite}), or not at all.
 */
public interface Booking {

    /**
     * The account that pays.
     *
     * @return its name
     */
    String account();

    /**
     * For whom it pays. The amount is booked for the account, and for the tenant, too.
     *
     * @return the tenant; null for none
     */
    String tenant();

    /**
     * The slice of time that the amount is booked in.
     *
     * @return the beginning of the slice
     */
    Instant slice();

    /**
     * The credits. What a slice holds never becomes negative: if more is released than it holds, it holds zero.
     *
     * @return what is held in addition; negative when it is released; null when the price is not known, and then {@link #check}
     *     throws
     */
    BigDecimal amount();

    /**
     * Tells whether {@link #check} has to be called.
     *
     * @return true when there are limits: then a ledger locks the account first, so that no other booking of it is written
     *     between the check and the commit
     */
    boolean isLimited();

    /**
     * Checks the limits, before the amount is added.
     *
     * @param held what is held by now
     * @throws SpendLimitException if a limit would be exceeded; then nothing may be written
     */
    void check(Held held);

    /** What a book says. */
    interface Held {
        /**
         * The credits that are held from a slice on.
         *
         * @param tenant the tenant; null for the whole account
         * @param since the beginning of the first slice
         * @return the sum; zero when nothing is held
         */
        BigDecimal since(String tenant, Instant since);

        /**
         * The same by slice.
         *
         * @param tenant the tenant; null for the whole account
         * @param since the beginning of the first slice
         * @return the slices in order of time
         */
        List<Slice> slices(String tenant, Instant since);
    }

    /**
     * What is held in one slice of time.
     *
     * @param start its beginning
     * @param held the credits
     */
    record Slice(Instant start, BigDecimal held) {}
}
