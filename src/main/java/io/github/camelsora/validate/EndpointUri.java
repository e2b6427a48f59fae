package io.github.camelsora.validate;

import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/**
 * A URI in its parts. Where only the run time knows a value, it is one placeholder, whatever text is around.
 *
 * @param scheme the name of the component
 * @param path what stands between the scheme and the options; null if the path is among the options
 * @param options the options
 */
record EndpointUri(String scheme, String path, Map<String, Object> options) {
    private static final Pattern PLACEHOLDER = Pattern.compile("(?s).*(\\{\\{|RAW\\(\\{\\{|\\$simple\\{).*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][\\w+.-]*");

    /**
     * Reads a URI.
     *
     * @return null if the name of the component is not known before the run time
     * @throws URISyntaxException if the options cannot be read
     */
    static EndpointUri parse(RouteEndpoint endpoint) throws URISyntaxException {
        boolean isDynamic = endpoint.use().isDynamic();
        String uri = URISupport.removeNoiseFromUri(endpoint.uri().strip()).replaceAll("(?<=[?&])\\s+", "");
        int question = uri.indexOf('?');
        String before = question < 0 ? uri : uri.substring(0, question);
        int colon = before.indexOf(':');
        String scheme = colon < 0 ? before : before.substring(0, colon);
        if (!NAME.matcher(scheme).matches()) {
            return null;
        }
        Map<String, Object> options = new LinkedHashMap<>();
        if (question >= 0) {
            URISupport.parseQuery(uri.substring(question + 1), false, true)
                    .forEach((name, value) -> add(options, name, value, isDynamic));
        }
        endpoint.parameters().forEach((name, value) -> add(options, name, value, isDynamic));
        String path = colon < 0 ? null : before.substring(colon + 1).replaceFirst("^//", "");
        return new EndpointUri(
                scheme, path != null && isUnknown(path, isDynamic) ? RouteReader.UNKNOWN : path, options);
    }

    private static void add(Map<String, Object> options, String name, Object value, boolean isDynamic) {
        if (isUnknown(name, isDynamic)) {
            return;
        }
        if (value instanceof String text) {
            // Camel would split a text at these once more.
            options.put(name, isUnknown(text, isDynamic) ? RouteReader.UNKNOWN : text.replaceAll("[&+]", "_"));
        } else {
            options.put(name, value);
        }
    }

    private static boolean isUnknown(String value, boolean isDynamic) {
        return PLACEHOLDER.matcher(value).matches() || isDynamic && value.contains("${");
    }
}
