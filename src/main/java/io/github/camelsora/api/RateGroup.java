package io.github.camelsora.api;

/**
 * The groups of the vendor's customers, which differ in how much they may send: the values of the option {@code rateGroup},
 * which users write in any case. The component page has the limits of each.
 */
public enum RateGroup {
    /** The group of customers who have agreed on nothing else. */
    DEFAULT,
    /** More than the default. */
    VIP,
    /** The highest limits. */
    SVIP,
    /** No limits: for a service that has none, or when something else keeps them. */
    NONE
}
