package io.github.camelsora.internal.camel.option;

import io.github.camelsora.internal.camel.request.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.DefaultExchange;

/**
 * An option whose value may depend on the message: text with {@code ${…}} is evaluated by Simple, other text is used as it is.
 * Only the text of the option is evaluated, never content of a message.
 */
public final class OptionExpression {
    // These operators handle an absent part themselves.
    private static final Pattern OPERATOR = Pattern.compile("\\s(?:\\?:|\\??~>)\\s");

    /** The start of an expression whose characters are those of a URI. */
    private static final Pattern ENCODED = Pattern.compile("(?i)(\\$|%24)(simple)?(\\{|%7B)");

    private final String option;
    private final String text;
    private final Expression expression;
    private final List<Part> parts;
    private final List<DataPath> paths;

    private OptionExpression(
            String option, String text, Expression expression, List<Part> parts, List<DataPath> paths) {
        this.option = option;
        this.text = text;
        this.expression = expression;
        this.parts = parts;
        this.paths = paths;
    }

    /** A part of the message that the expression reads. */
    private record Part(String function, Expression expression) {
        static Part of(CamelContext context, String function) {
            return new Part("${" + function + "}", simple(context, "${" + function + "}"));
        }
    }

    /**
     * Compiles an option.
     *
     * @param option the name of the option
     * @param text its text; null when it is not set
     * @param allowed the functions that it may use
     * @throws IllegalArgumentException if it uses another function, or an operator that this Camel lacks, or is encoded
     */
    public static OptionExpression of(CamelContext context, String option, String text, AllowedFunctions allowed) {
        if (!AllowedFunctions.isExpression(text)) {
            checkIsNotEncoded(option, text);
            return new OptionExpression(option, text, null, List.of(), List.of());
        }
        allowed.check(option, text);
        List<String> functions = functions(text);
        boolean hasOperator = OPERATOR.matcher(text).find();
        if (hasOperator && !hasOperators(context)) {
            throw new IllegalArgumentException("Option " + option + " is '" + text + "', but the operator in it needs"
                    + " Camel 4.18 or newer, and this is Camel " + context.getVersion());
        }
        List<Part> parts = hasOperator
                ? List.of()
                : functions.stream().map(function -> Part.of(context, function)).toList();
        List<DataPath> paths = allowed == AllowedFunctions.ALL
                ? List.of()
                : functions.stream().map(DataPath::of).toList();
        return new OptionExpression(option, text, simple(context, text), parts, paths);
    }

    /**
     * Camel encodes the parameters of a Kamelet if one of them is an optional placeholder. The text would then be the same for each
     * message: as a key, one for all orders.
     */
    private static void checkIsNotEncoded(String option, String text) {
        if (text != null && ENCODED.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "Option " + option + " is '" + text + "', an expression that is encoded as"
                            + " in a URI. Write it as " + option
                            + "=RAW(${…}). Camel encodes the parameters of a Kamelet if one of"
                            + " them is an optional placeholder such as {{?name}}");
        }
    }

    /** Lists the functions that read the message. */
    private static List<String> functions(String text) {
        List<String> functions = new ArrayList<>();
        for (int at = 0; (at = AllowedFunctions.nextStart(text, at)) >= 0; ) {
            String function = AllowedFunctions.functionAt(text, at);
            if (AllowedFunctions.readsTheMessage(function)) {
                functions.add(function);
            }
            at += function.length();
        }
        return functions;
    }

    /** An older Camel takes operators for text, which would then be a part of each key and of each prompt. */
    private static boolean hasOperators(CamelContext context) {
        String value = simple(context, "${null} ?: 'default'").evaluate(new DefaultExchange(context), String.class);
        return "default".equals(value);
    }

    private static Expression simple(CamelContext context, String text) {
        Expression expression = context.resolveLanguage("simple").createExpression(text);
        expression.init(context);
        return expression;
    }

    /** Whether the value is the same for each message. */
    public boolean isConstant() {
        return expression == null;
    }

    public boolean isSet() {
        return text != null;
    }

    /**
     * Evaluates the option for a message.
     *
     * @return the value; null when the option is not set
     * @throws IllegalArgumentException if the expression fails, or the whole or a part of it is empty
     */
    public String read(Exchange exchange) {
        if (expression == null) {
            return text;
        }
        try {
            return evaluate(exchange);
        } catch (RuntimeCamelException e) {
            throw new IllegalArgumentException(
                    "Option " + option + " is '" + text + "', which cannot be evaluated: " + e.getMessage(), e);
        }
    }

    private String evaluate(Exchange exchange) {
        checkPaths(exchange);
        for (Part part : parts) {
            Object value = part.expression().evaluate(exchange, Object.class);
            if (value == null) {
                // For a key, "order-" without its number would be shared by all orders.
                throw new IllegalArgumentException(
                        "Option " + option + " is '" + text + "', but this message has no " + part.function());
            }
            String fault = isIdentity() ? KeyText.fault(exchange, value) : null;
            if (fault != null) {
                throw new IllegalArgumentException("Option " + option + " is '" + text + "', but " + part.function()
                        + " " + fault + " in this message");
            }
        }
        String value = expression.evaluate(exchange, String.class);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "Option " + option + " is '" + text + "', which is empty for this message");
        }
        return value;
    }

    /** Whether the value identifies a request or a customer, so that no part of it may be empty or unstable. */
    private boolean isIdentity() {
        return option.equals("requestKey") || option.equals("tenant");
    }

    private void checkPaths(Exchange exchange) {
        for (DataPath path : paths) {
            try {
                path.check(exchange);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Option " + option + " is '" + text + "', but " + e.getMessage(), e);
            }
        }
    }
}
