package io.github.camelsora.pace;

/**
 * What an account may send. The vendor counts submits and queries apart.
 *
 * @param submits what is paid for
 * @param queries what is free
 */
public record Rates(Rate submits, Rate queries) {
    /** No limits: for a service that has none, or when somebody else keeps them. */
    public static final Rates UNLIMITED = new Rates(Rate.UNLIMITED, Rate.UNLIMITED);

    Rates strict() {
        return new Rates(submits.strict(), queries.strict());
    }

    boolean isLimited() {
        return submits.isLimited() || queries.isLimited();
    }
}
