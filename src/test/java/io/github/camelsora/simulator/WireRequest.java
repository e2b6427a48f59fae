package io.github.camelsora.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A request as it was read from the connection. The target is raw; header names are case-insensitive. */
record WireRequest(String method, String target, boolean http10, Map<String, List<String>> headers, byte[] body) {

    /** The raw path without the query, and without the scheme and host that a client sends to a proxy. */
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
