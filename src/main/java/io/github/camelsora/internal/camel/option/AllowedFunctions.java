package io.github.camelsora.internal.camel.option;

import java.util.regex.Pattern;

/** Which Simple functions options may use (option allowExpressions). */
public enum AllowedFunctions {
    /** Functions that read the message, file, date or an id, and cannot run code. */
    SAFE,
    /** All functions. */
    ALL;

    private static final String[] STARTS = {"${", "$simple{"};
    private static final String INIT_BLOCK = "$init{";
    private static final String RESOURCE = "resource:";

    // Without parentheses, so no method is called with arguments; without blanks, so no operators.
    private static final Pattern READS_THE_MESSAGE =
            Pattern.compile("(?:(?:in\\.)?(?:body|headers?)|variables?|exchangeProperty)(?:[.:?\\[][^\\s(){}\\\\]+)?");

    private static final Pattern READS_ELSE = Pattern.compile("bodyOneLine|originalBody"
            + "|(?:bodyAs|mandatoryBodyAs)\\((?:java\\.lang\\.)?String\\)"
            + "|id|exchangeId|messageTimestamp|routeId|fromRouteId|routeGroup|stepId|camelId|hostname|threadId|threadName"
            + "|null|exception|exception\\.message"
            + "|uuid|uuid\\((?:default|classic|short|simple)?\\)|random\\(\\d+(?:,\\s*\\d+)?\\)"
            + "|jsonpath\\(\\$[^{}\\\\]*\\)"
            + "|file:[a-z.]+"
            + "|date(?:-with-timezone)?:[^(){}\\\\]+");

    // body.class gives access to everything in the JVM.
    private static final Pattern REACHES_A_CLASS =
            Pattern.compile("(?i)[.\\[?'\"](?:get)?(?:class|classloader|declaringclass)(?:\\W|$)");

    // Between a question mark and a colon Simple evaluates any word as a function.
    private static final Pattern TERNARY = Pattern.compile("\\?.*:");

    public static AllowedFunctions parse(String word) {
        return EnumOption.parse("allowExpressions", AllowedFunctions.class, word);
    }

    /** Tells whether a text is an expression. Other text must not be evaluated: Simple would change its backslashes. */
    public static boolean isExpression(String text) {
        return text != null && (text.contains(STARTS[0]) || text.contains(STARTS[1]));
    }

    /**
     * Rejects an expression where none is evaluated.
     *
     * @param option the name of the option
     * @param text the value; may be null
     * @throws IllegalArgumentException if it is an expression
     */
    public static void checkPlain(String option, String text) {
        if (isExpression(text)) {
            throw new IllegalArgumentException(option + " is not an expression, so '" + text
                    + "' cannot work; use toD, or a header where there is one");
        }
    }

    /**
     * Rejects an expression with a function that is not allowed.
     *
     * @param option the name of the option
     * @param text the value; may be null
     * @throws IllegalArgumentException if a function is not allowed; the message names it
     */
    public void check(String option, String text) {
        if (this == ALL || !isExpression(text)) {
            return;
        }
        if (text.contains(INIT_BLOCK) || text.strip().startsWith(RESOURCE)) {
            throw rejected(option, text);
        }
        for (int at = 0; (at = nextStart(text, at)) >= 0; ) {
            String function = functionAt(text, at);
            if (!isSafe(function)) {
                throw rejected(option, "${" + function + "}");
            }
            at += function.length();
        }
    }

    /** The index of the next function; -1 when there is none. */
    static int nextStart(String text, int from) {
        int first = text.indexOf(STARTS[0], from);
        int second = text.indexOf(STARTS[1], from);
        return first < 0 || second >= 0 && second < first ? second : first;
    }

    /** The text of the function at an index. A nested function ends it early, and is rejected because of its brace. */
    static String functionAt(String text, int start) {
        int begin = text.indexOf('{', start) + 1;
        int end = text.indexOf('}', begin);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }

    /** Tells whether a function only reads, so that it may be evaluated more than once. */
    static boolean isSafe(String function) {
        return (readsTheMessage(function) || READS_ELSE.matcher(function).matches())
                && !TERNARY.matcher(function).find();
    }

    /** Tells whether a function reads a part of the message, which may be absent. */
    static boolean readsTheMessage(String function) {
        return READS_THE_MESSAGE.matcher(function).matches()
                && !REACHES_A_CLASS.matcher(function).find();
    }

    private static IllegalArgumentException rejected(String option, String function) {
        return new IllegalArgumentException("Option " + option + " uses " + function + ", which is not allowed: an"
                + " expression from outside could run code with it. Allowed are headers, variables, exchange"
                + " properties, the body and its fields, file:, date: and ids, not nested. If only you write the value,"
                + " set allowExpressions=all; otherwise set a header in the step before.");
    }
}
