/**
 * What submits cost, and the limits that spending is held to. {@link io.github.camelsora.internal.spend.CreditPrices} has the
 * prices. {@link io.github.camelsora.internal.spend.LimitedBooking} checks the limits when an intent is written, {@link
 * io.github.camelsora.internal.spend.Bookings} says what is released, and {@link io.github.camelsora.internal.spend.Slices}
 * how long a window counts. Knows the types of {@code api} only.
 */
package io.github.camelsora.internal.spend;
