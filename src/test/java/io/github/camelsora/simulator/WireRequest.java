package io.github.camelsora.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One request as it came over the wire; the target is raw, and header names are found in any case. */
record WireRequest(String method, String target, boolean http10, Map<String, List<String>> headers, byte[] body) {

    /** The raw path: no query, and no scheme and host, which a client that takes us for a proxy puts in front. */
    String path() {
        String path = target;
        int scheme = path.indexOf("://");
        if (scheme > 0 && !path.startsWith("/")) {
            int slash = path.indexOf('/', scheme + 3);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    boolean keepsAlive() {
        String connection = header("Connection");
        return http10 ? "keep-alive".equalsIgnoreCase(connection) : !"close".equalsIgnoreCase(connection);
    }
}
