package desk;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;

/**
 * The first step of each route: refuses what another site could send in the name of a user, and takes from a request only what the desk
 * reads. Afterwards the message has no header but the query parameters, so that no header of a stranger reaches {@code sora:ledger}.
 */
public final class Guard implements CamelContextAware {
    /** The property of the exchange that has the user's name. */
    static final String ACTOR = "deskActor";

    private static final Set<String> PROPERTIES =
            Set.of("desk.writable", "desk.prompts", "desk.hosts", "desk.user-header", "desk.videos");
    private static final String ACCOUNT = "desk.account.";
    private static final Pattern HOST = Pattern.compile("[a-z0-9_.-]+|\\[[0-9a-f:.]+]");
    private static final Set<String> PARAMETERS =
            Set.of("q", "sort", "offset", "limit", "account", "key", "prompts", "days", "download");
    private static final Set<String> NUMBERS = Set.of("offset", "limit", "days");
    private static final Set<String> SAME_SITE = Set.of("same-origin", "none");

    /** Where the servers of camel-main and Quarkus, and that of Spring Boot, name a user who has signed in. */
    private static final List<String> SERVER_USERS = List.of(
            "${header.CamelVertxPlatformHttpAuthenticatedUser?.subject}",
            "${header.CamelHttpServletRequest?.remoteUser}");

    private CamelContext context;
    private boolean isWritable;
    private Set<String> hosts = Set.of();
    private String userHeader = "";

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    /** Refuses to start with a misspelt property: with {@code desk.prompt=hidden}, prompts would be shown. */
    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        context.getPropertiesComponent().loadProperties(name -> name.startsWith("desk.")).stringPropertyNames().stream()
                .filter(name -> !PROPERTIES.contains(name) && !name.startsWith(ACCOUNT))
                .findAny()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("The desk has no property " + name + ". It has "
                            + new TreeSet<>(PROPERTIES) + " and " + ACCOUNT + "NAME");
                });
    }

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
        this.userHeader = userHeader.trim();
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
        take(exchange, Map.of(), null);
    }

    /**
     * Guards what only reads.
     *
     * @param exchange the request
     */
    public void read(Exchange exchange) {
        Map<String, Object> parameters = parameters(exchange);
        requireOwnHost(exchange);
        requireSameSite(exchange);
        take(exchange, parameters, actor(exchange));
    }

    /**
     * Guards what changes or pays something.
     *
     * @param exchange the request
     */
    public void write(Exchange exchange) {
        Map<String, Object> parameters = parameters(exchange);
        String host = requireOwnHost(exchange);
        requireSameSite(exchange);
        String origin = header(exchange, "Origin");
        if (origin != null && !origin.substring(origin.lastIndexOf('/') + 1).equals(host)) {
            throw new Refused(403, "This request was sent by another site, " + origin + ". Nothing was done.");
        }
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
        String actor = actor(exchange);
        if (actor == null) {
            throw new Refused(
                    403, "The proxy in front of the desk names no user in " + userHeader + ". Nothing was done.");
        }
        take(exchange, parameters, actor);
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

    private static void requireSameSite(Exchange exchange) {
        String site = header(exchange, "Sec-Fetch-Site");
        if (site != null && !SAME_SITE.contains(site)) {
            throw new Refused(403, "This request was sent by another site. Nothing was done.");
        }
    }

    /** The user of the proxy, else that of this server, else that of the operating system; null if the proxy names none. */
    private String actor(Exchange exchange) {
        if (!userHeader.isEmpty()) {
            String named = header(exchange, userHeader);
            return named == null || named.isBlank() ? null : decoded(named);
        }
        Language simple = exchange.getContext().resolveLanguage("simple");
        return SERVER_USERS.stream()
                .map(user -> simple.createExpression(user).evaluate(exchange, String.class))
                .filter(user -> user != null && !user.isBlank())
                .findFirst()
                .orElseGet(() -> System.getProperty("user.name"));
    }

    /** Servers read each byte of a header as a character, and proxies send names in UTF-8. */
    private static String decoded(String name) {
        try {
            ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(name));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return name;
        }
    }

    /** The server adds parameters of the query to headers of the same name, so a header that came twice is refused. */
    private static String header(Exchange exchange, String name) {
        Object value = exchange.getMessage().getHeader(name);
        if (value instanceof List) {
            throw new Refused(400, "The header " + name + " was sent more than once. Nothing was done.");
        }
        return value == null ? null : value.toString();
    }

    private static Map<String, Object> parameters(Exchange exchange) {
        Map<String, Object> parameters = new HashMap<>();
        String query = exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class);
        // The server separates parameters by semicolons, too, and makes headers of them.
        for (String part : query.isEmpty() ? new String[0] : query.split("[&;]")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!PARAMETERS.contains(name)) {
                throw new Refused(400, "The desk has no parameter " + name + ". Nothing was done.");
            }
            String value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
            if (NUMBERS.contains(name) && !value.matches("\\d{1,9}")) {
                throw new Refused(400, name + " must be a number, not " + value + ".");
            }
            if (equals >= 0 && !value.isEmpty()) {
                parameters.put(name, value);
            }
        }
        return parameters;
    }

    private static void take(Exchange exchange, Map<String, Object> parameters, String actor) {
        Map<String, Object> kept = new HashMap<>(parameters);
        for (String name : List.of(Exchange.HTTP_PATH, Exchange.HTTP_METHOD, "Range", "If-None-Match", "If-Range")) {
            String value = header(exchange, name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeaders(kept);
        exchange.setProperty(ACTOR, actor);
    }
}
