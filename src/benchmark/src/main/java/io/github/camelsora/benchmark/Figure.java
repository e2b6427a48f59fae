package io.github.camelsora.benchmark;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what what was measured
 * @param toReach what the design of camel-sora asks for; empty when it asks for nothing
 * @param measured what came out
 * @param result whether what was measured is within what is asked for
 */
public record Figure(String what, String toReach, String measured, Result result) {
    private static final String SEPARATOR = "\t";

    /** Whether a figure is reached. */
    public enum Result {
        /** It is. */
        MET,
        /** It is not. */
        MISSED,
        /** There is none to reach. */
        SHOWN
    }

    /**
     * A number that must not be larger than a limit.
     *
     * @param what what was measured
     * @param limit the limit
     * @param measured what came out
     * @param format how both are written, with one {@code %} for the number
     * @return the line
     */
    public static Figure atMost(String what, double limit, double measured, String format) {
        return of(what, "at most " + text(format, limit), text(format, measured), measured <= limit);
    }

    /**
     * A number that must not be smaller than a limit.
     *
     * @param what what was measured
     * @param limit the limit
     * @param measured what came out
     * @param format how both are written, with one {@code %} for the number
     * @return the line
     */
    public static Figure atLeast(String what, double limit, double measured, String format) {
        return of(what, "at least " + text(format, limit), text(format, measured), measured >= limit);
    }

    /**
     * A line whose result the caller has decided.
     *
     * @param what what was measured
     * @param toReach what is asked for
     * @param measured what came out
     * @param isMet whether that is within what is asked for
     * @return the line
     */
    public static Figure of(String what, String toReach, String measured, boolean isMet) {
        return new Figure(what, toReach, measured, result(isMet));
    }

    /**
     * What has no limit.
     *
     * @param what what was measured
     * @param measured what came out
     * @return the line
     */
    public static Figure shown(String what, String measured) {
        return new Figure(what, "", measured, Result.SHOWN);
    }

    /**
     * The same line with more in the column of what came out.
     *
     * @param more what to add in brackets
     * @return a copy
     */
    public Figure with(String more) {
        return new Figure(what, toReach, measured + " (" + more + ")", result);
    }

    /**
     * Text in which numbers look the same everywhere.
     *
     * @param format as of {@link String#format}
     * @param arguments what is in it
     * @return the text
     */
    public static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static Result result(boolean isMet) {
        return isMet ? Result.MET : Result.MISSED;
    }

    String toLine() {
        return String.join(SEPARATOR, what, toReach, measured, result.name());
    }

    static Figure ofLine(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        return new Figure(parts[0], parts[1], parts[2], Result.valueOf(parts[3]));
    }
}
