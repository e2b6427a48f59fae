package io.github.camelsora.internal.camel.option;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.internal.camel.request.MessageSettings;
import io.github.camelsora.internal.runtime.ApiKeys;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.SendDynamicAwareSupport;

/**
 * Keeps a dynamic {@code to} from evaluating options twice: a value from outside that is itself an expression would run in the
 * second evaluation. Options that may be Simple expressions reach the endpoint unevaluated and are evaluated there, once. Other
 * options are evaluated here one by one, so that no value can add a further option.
 */
@SendDynamic("sora")
public class SoraSendDynamicAware extends SendDynamicAwareSupport {
    private static final Set<String> EXPRESSIONS =
            Set.copyOf(MessageSettings.expressions(new SoraConfiguration()).keySet());

    private static final String ALLOW_EXPRESSIONS = "allowExpressions";
    private static final String API_KEY = "apiKey";
    private static final Pattern RAW = Pattern.compile("(?s)RAW\\((.*)\\)|RAW\\{(.*)}");
    // An option with its value; functions and RAW may contain any character.
    private static final Pattern OPTION = Pattern.compile(
            "(?s)([^=&${}]+)=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|(?:\\$(?:simple)?\\{[^}]*}|[^&$]+|\\$)*)(?:&|$)");
    private static final Pattern OPERATION = Pattern.compile("sora:/{0,2}\\p{Alpha}+");
    private static final Pattern PATH = Pattern.compile("(?s)((?:\\$(?:simple)?\\{[^}]*}|[^?$]+|\\$)*)\\?(.*)");

    /** Camel creates it for each dynamic {@code to} whose address begins with {@code sora:}. */
    public SoraSendDynamicAware() {}

    /** Reads no list of options. The generated one is for Camel 4.16 and newer, and older ones cannot read it. */
    @Override
    protected void doInit() {}

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        return new DynamicAwareEntry(uri, originalUri, Map.of(), Map.of());
    }

    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        String address = EndpointHelper.resolveEndpointUriPropertyPlaceholders(
                exchange.getContext(), entry.getOriginalUri().strip());
        Matcher whole = PATH.matcher(address);
        if (!whole.matches()) {
            // A fully dynamic address is the route's decision; one that begins with sora: has no options.
            boolean isOperation = address.startsWith("sora:") && AllowedFunctions.isExpression(address);
            return isOperation ? path(exchange, address) : null;
        }
        String path = path(exchange, whole.group(1));
        StringJoiner options = new StringJoiner("&", path + "?", "");
        Matcher option = OPTION.matcher(whole.group(2));
        int end = 0;
        while (option.lookingAt()) {
            options.add(resolve(exchange, option.group(1), option.group(2)));
            end = option.end();
            option.region(end, option.regionEnd());
        }
        // The rest is an expression for several options: the endpoint rejects unsafe ones.
        return end == whole.group(2).length() ? options.toString() : null;
    }

    /** A dynamic operation must not bring options from outside; Camel would decode a question mark written as %3F. */
    private static String path(Exchange exchange, String text) {
        String path = evaluate(exchange, text);
        if (AllowedFunctions.isExpression(text) && !OPERATION.matcher(path).matches()) {
            throw new IllegalArgumentException("'" + withoutOptions(path)
                    + "' is not the address of an operation: sora: and one word, such as sora:remix");
        }
        return path;
    }

    /** One of the options may be the API key. */
    private static String withoutOptions(String path) {
        return path.replaceFirst("(?is)(\\?|%3F|&).*", "$1…");
    }

    private static String resolve(Exchange exchange, String name, String text) {
        if (!AllowedFunctions.isExpression(text) || EXPRESSIONS.contains(name)) {
            return name + "=" + text;
        }
        if (name.equals(ALLOW_EXPRESSIONS)) {
            throw new IllegalArgumentException(ALLOW_EXPRESSIONS + " must be safe or all, not an expression");
        }
        Matcher raw = RAW.matcher(text);
        String inner = !raw.matches() ? text : raw.group(1) != null ? raw.group(1) : raw.group(2);
        String value = evaluate(exchange, inner);
        if (name.equals(API_KEY) && ApiKeys.isSource(value.strip())) {
            throw new IllegalArgumentException(
                    API_KEY + " has become the name of a file, property or bean by its evaluation, which is not read");
        }
        return name + "=" + raw(name, value);
    }

    /** Wraps a value so that Camel does not decode it. A value that cannot be used is not shown, since it may be the API key. */
    private static String raw(String name, String value) {
        if (value.contains("{{")) {
            throw new IllegalArgumentException(
                    "Option " + name + " has become a placeholder by its evaluation, which is not resolved");
        }
        if (!value.contains(")&")) {
            return "RAW(" + value + ")";
        }
        if (!value.contains("}&")) {
            return "RAW{" + value + "}";
        }
        throw new IllegalArgumentException(
                "Option " + name + " cannot be set to its evaluated value, which contains both )& and }&");
    }

    private static String evaluate(Exchange exchange, String text) {
        if (!AllowedFunctions.isExpression(text)) {
            return text;
        }
        Expression expression = exchange.getContext().resolveLanguage("simple").createExpression(text);
        expression.init(exchange.getContext());
        String value = expression.evaluate(exchange, String.class);
        return value == null ? "" : value;
    }

    @Override
    public Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }

    @Override
    public Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }
}
