package io.github.camelsora.internal.camel.option;

import java.util.regex.Pattern;

/** Which functions the options that are Simple expressions may use. */
public enum AllowedFunctions {
    /** Those that read the message, the file, the date or an id, and run nothing. */
    SAFE,
    /** All that Simple knows. */
    ALL;

    private static final String[] STARTS = {"${", "$simple{"};
    private static final String INIT_BLOCK = "$init{";
    private static final String RESOURCE = "resource:";

    // No parentheses, so that no method is called with arguments, and no blanks, which operators need.
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

    // body.class is the way to everything else that a JVM can do.
    private static final Pattern REACHES_A_CLASS =
            Pattern.compile("(?i)[.\\[?'\"](?:get)?(?:class|classloader|declaringclass)(?:\\W|$)");

    // Between a question mark and a colon Simple takes any word for a function.
    private static final Pattern TERNARY = Pattern.compile("\\?.*:");

    public static AllowedFunctions parse(String word) {
        return EnumOption.parse("allowExpressions", AllowedFunctions.class, word);
    }

    /** Tells whether a text is an expression at all; Simple would change other text, too, where it has a backslash. */
    static boolean isExpression(String text) {
        return text != null && (text.contains(STARTS[0]) || text.contains(STARTS[1]));
    }

    /**
     * Refuses an expression that may not be used.
     *
     * @param option whose value it is
     * @param text the value; may be null
     * @throws IllegalArgumentException if it uses a function that is not allowed
     */
    void check(String option, String text) {
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

    /** Where the next function begins; -1 when there is none. */
    static int nextStart(String text, int from) {
        int first = text.indexOf(STARTS[0], from);
        int second = text.indexOf(STARTS[1], from);
        return first < 0 || second >= 0 && second < first ? second : first;
    }

    /** The text of the function that begins at a place. One within another ends it too early, and is refused for its brace. */
    static String functionAt(String text, int start) {
        int begin = text.indexOf('{', start) + 1;
        int end = text.indexOf('}', begin);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }

    /** Tells whether a function runs nothing, so that it can be asked for what it has more than once. */
    static boolean isSafe(String function) {
        return (readsTheMessage(function) || READS_ELSE.matcher(function).matches())
                && !TERNARY.matcher(function).find();
    }

    /** Tells whether a function reads a part of the message, which may be missing. */
    static boolean readsTheMessage(String function) {
        return READS_THE_MESSAGE.matcher(function).matches()
                && !REACHES_A_CLASS.matcher(function).find();
    }

    private static IllegalArgumentException rejected(String option, String function) {
        return new IllegalArgumentException(
                "Option " + option + " uses " + function + ", which is not allowed there: an"
                        + " expression that came from outside could run code with it. Allowed are headers, variables, exchange"
                        + " properties, the body and its fields, file:, date: and ids, none within another. If the value is yours"
                        + " alone, set allowExpressions=all; otherwise set a header in the step before.");
    }
}
