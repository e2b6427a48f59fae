package io.github.camelsora.internal.camel.option;

import java.lang.reflect.Method;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.OgnlHelper;

/**
 * The path of a function that reads a part of the message, say {@code body.order.id}. For a step, Simple calls any method
 * without arguments, so {@code body.delete} would delete a file. Here each step is checked against the value that it would be
 * applied to: only keys of a map, indexes, components of a record and properties of a bean are allowed.
 */
final class DataPath {
    private static final Pattern ROOT =
            Pattern.compile("(?:in\\.)?body|((?:in\\.)?headers?|variables?|exchangeProperty)[.:?]*");
    private static final Pattern GETTER = Pattern.compile("(?:get|is)[A-Z].*");

    // AtomicInteger.getAndIncrement and its like.
    private static final Pattern CHANGES = Pattern.compile("(?:getA|a)nd[A-Z].*");

    // Methods that are no getters by name, and change nothing.
    private static final Set<String> PLAIN = Set.of("length", "size", "isEmpty", "toString");

    private final String function;
    private final String begin;
    private final List<String> steps;

    private DataPath(String function, String begin, List<String> steps) {
        this.function = function;
        this.begin = begin;
        this.steps = steps;
    }

    /**
     * Parses a function.
     *
     * @param function a function that reads the message (see {@link AllowedFunctions#readsTheMessage})
     */
    static DataPath of(String function) {
        Matcher root = ROOT.matcher(function);
        if (!root.lookingAt()) {
            throw new IllegalArgumentException("'" + function + "' does not read the message");
        }
        List<String> steps = OgnlHelper.splitOgnl(function.substring(root.end()));
        if (root.group(1) == null || steps.isEmpty()) {
            return new DataPath(function, root.group(), steps);
        }
        // The first step is the key of a header, variable or property.
        return new DataPath(function, root.group() + steps.get(0), steps.subList(1, steps.size()));
    }

    /**
     * Rejects steps that do more than read.
     *
     * @param exchange the message
     * @throws IllegalArgumentException if a step would call a method other than a getter
     */
    void check(Exchange exchange) {
        if (steps.isEmpty()) {
            return;
        }
        Object value = evaluate(exchange, "${" + begin + "}");
        for (int i = 0; value != null && i < steps.size(); i++) {
            checkStep(value, steps.get(i));
            if (i + 1 < steps.size()) {
                value = next(exchange, value, steps.get(i));
            }
        }
    }

    private void checkStep(Object value, String step) {
        String text = OgnlHelper.removeLeadingOperators(step);
        int index = text.indexOf('[');
        String name = OgnlHelper.removeOperators(index < 0 ? text : text.substring(0, index));
        if (!name.isEmpty() && !isData(value, name)) {
            throw new IllegalArgumentException("${" + function + "} would call the method " + name + " of a "
                    + value.getClass().getName()
                    + ", which may do more than read: only keys, indexes, record components and"
                    + " getters are allowed. If only you write the expression, set allowExpressions=all; otherwise set a"
                    + " header in the step before");
        }
    }

    /** Evaluates one step with Simple. */
    private static Object next(Exchange exchange, Object value, String step) {
        Exchange copy = ExchangeHelper.createCopy(exchange, true);
        copy.getMessage().setBody(value);
        return evaluate(copy, "${body" + (".?[".indexOf(step.charAt(0)) < 0 ? "." : "") + step + "}");
    }

    private static Object evaluate(Exchange exchange, String text) {
        Expression expression = exchange.getContext().resolveLanguage("simple").createExpression(text);
        expression.init(exchange.getContext());
        return expression.evaluate(exchange, Object.class);
    }

    private static boolean isData(Object value, String name) {
        Class<?> type = value.getClass();
        if (CHANGES.matcher(name).matches()) {
            return false;
        }
        if (PLAIN.contains(name) || GETTER.matcher(name).matches() || isComponent(type, name)) {
            return true;
        }
        List<Method> methods =
                methods(type).filter(method -> method.getName().equals(name)).toList();
        boolean isOfObject = methods.stream().anyMatch(method -> method.getDeclaringClass() == Object.class);
        // Without a method of this name Simple uses the getter, or the key of a map.
        return methods.isEmpty() || !isOfObject && isImmutable(value);
    }

    private static boolean isComponent(Class<?> type, String name) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(name));
    }

    /** Types without any method that changes something. */
    private static boolean isImmutable(Object value) {
        String name = value.getClass().getName();
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof UUID
                || value instanceof Number && (name.matches("java\\.(?:lang|math)\\.\\w+"))
                || value instanceof Temporal && name.startsWith("java.time.");
    }

    private static Stream<Method> methods(Class<?> type) {
        Stream<Method> all = Arrays.stream(type.getMethods());
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            all = Stream.concat(all, Arrays.stream(each.getDeclaredMethods()));
        }
        return all;
    }
}
