package desk;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * The first step of each route: refuses what another site could send in the name of a user, and leaves of a request only what the desk
 * reads. Afterwards the message has no header of the request but the query parameters and a few that are known, so that no header of a
 * stranger reaches {@code sora:ledger}.
 */
public final class Guard {
    /** The property of the exchange that has the user's name. */
    static final String ACTOR = "deskActor";

    private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]+|\\[[0-9a-f:.]+]");
    private static final List<String> KEPT =
            List.of(Exchange.HTTP_PATH, Exchange.HTTP_METHOD, "Range", "If-None-Match", "If-Range");

    private boolean isWritable;
    private Set<String> hosts = Set.of();
    private Users users = new Users("");

    /** @param writable whether actions and submits are allowed */
    public void setWritable(boolean writable) {
        this.isWritable = writable;
    }

    /** @param hosts the names of this server, separated by commas, without ports */
    public void setHosts(String hosts) {
        this.hosts = Set.copyOf(List.of(hosts.toLowerCase(Locale.ROOT).trim().split("\\s*,\\s*")));
        for (String host : this.hosts) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("The property desk.hosts takes names without ports, such as"
                        + " desk.example.com,[::1], and not '" + host + "'");
            }
        }
    }

    /** @param userHeader the header in which an authenticating proxy names the user; empty for none */
    public void setUserHeader(String userHeader) {
        this.users = new Users(userHeader.trim());
    }

    boolean isWritable() {
        return isWritable;
    }

    /**
     * Guards a file of the page. A link on another site may open it.
     *
     * @param exchange the request
     */
    public void page(Exchange exchange) {
        requireOwnHost(exchange);
        replaceHeaders(exchange, Map.of(), null);
    }

    /**
     * Guards what only reads.
     *
     * @param exchange the request
     */
    public void read(Exchange exchange) {
        Map<String, Object> parameters = Query.of(exchange);
        requireSameOrigin(exchange, requireOwnHost(exchange));
        replaceHeaders(exchange, parameters, users.nameOf(exchange));
    }

    /**
     * Guards what changes or pays something.
     *
     * @param exchange the request
     */
    public void write(Exchange exchange) {
        Map<String, Object> parameters = Query.of(exchange);
        requireSameOrigin(exchange, requireOwnHost(exchange));
        String type = header(exchange, Exchange.CONTENT_TYPE);
        // A form of another site can send neither this type nor a header of its own.
        if (type == null || !type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?")) {
            throw new Refused(415, "The desk takes JSON only. Nothing was done.");
        }
        if (!"1".equals(header(exchange, "X-Desk"))) {
            throw new Refused(
                    403, "The header X-Desk is missing, so this request is not of the desk's page. Nothing was done.");
        }
        if (!isWritable) {
            throw new Refused(403, "This desk only shows. With desk.writable=true it acts. Nothing was done.");
        }
        String user = users.nameOf(exchange);
        if (user == null) {
            throw new Refused(
                    403, "The proxy in front of the desk names no user in " + users.header() + ". Nothing was done.");
        }
        replaceHeaders(exchange, parameters, user);
    }

    /** A page of another site whose name was pointed at this machine (DNS rebinding) has its own name here. */
    private String requireOwnHost(Exchange exchange) {
        String host = header(exchange, "Host");
        if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""))) {
            throw new Refused(
                    403, "This desk has another name than " + host + ". The property desk.hosts has its names.");
        }
        return host;
    }

    private static void requireSameOrigin(Exchange exchange, String host) {
        String site = header(exchange, "Sec-Fetch-Site");
        String origin = header(exchange, "Origin");
        // None: the user has typed the address, or opened a bookmark.
        boolean isOtherSite = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean isOtherOrigin =
                origin != null && !origin.substring(origin.lastIndexOf('/') + 1).equals(host);
        if (isOtherSite || isOtherOrigin) {
            String name = origin == null ? "" : ", " + origin;
            throw new Refused(403, "This request was sent by another site" + name + ". Nothing was done.");
        }
    }

    /** The server adds parameters of the query to headers of the same name, so a header that came twice is refused. */
    static String header(Exchange exchange, String name) {
        Object value = exchange.getMessage().getHeader(name);
        if (value instanceof List) {
            throw new Refused(400, "The header " + name + " was sent more than once. Nothing was done.");
        }
        return value == null ? null : value.toString();
    }

    private static void replaceHeaders(Exchange exchange, Map<String, Object> parameters, String user) {
        Map<String, Object> headers = new HashMap<>(parameters);
        for (String name : KEPT) {
            String value = header(exchange, name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeaders(headers);
        exchange.setProperty(ACTOR, user);
    }
}
