package desk;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/** Reads the query of a request's address, in which the desk knows a few parameters only. */
final class Query {
    private static final Set<String> PARAMETERS =
            Set.of("q", "sort", "offset", "limit", "account", "key", "prompts", "days", "download");
    private static final Set<String> NUMBERS = Set.of("offset", "limit", "days");

    private Query() {}

    static Map<String, Object> of(Exchange exchange) {
        Map<String, Object> parameters = new HashMap<>();
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        // The server separates parameters by semicolons, too, and makes headers of them.
        for (String part : query.isEmpty() ? new String[0] : query.split("[&;]")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!PARAMETERS.contains(name)) {
                throw new Refused(400, "The desk has no parameter " + name + ". Nothing was done.");
            }
            String value = equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
            if (NUMBERS.contains(name) && !value.matches("\\d{1,9}")) {
                throw new Refused(400, name + " must be a number, not " + value + ".");
            }
            if (!value.isEmpty()) {
                parameters.put(name, value);
            }
        }
        return parameters;
    }
}
