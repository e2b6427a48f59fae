package io.github.camelsora.internal.toapis;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHost;

/**
 * The address of the service. Users write it with or without a trailing slash or {@code /v1}; both are removed, so that no
 * path begins with {@code /v1/v1}.
 *
 * @param value scheme, host, port and path, without a slash at the end
 */
public record BaseUrl(String value) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("[A-Za-z0-9._-]*[A-Za-z0-9][A-Za-z0-9._-]*(:\\d{0,5})?");

    /**
     * Parses a base URL.
     *
     * @param text the base URL as the user wrote it
     * @return the base URL without trailing slashes and version
     * @throws IllegalArgumentException if it is not an absolute http or https address, or carries credentials, a query
     *     or a fragment
     */
    public static BaseUrl parse(String text) {
        if (text == null) {
            throw invalid("it has no value");
        }
        String base =
                text.strip().replaceAll("/+$", "").replaceAll("(?i)/v1$", "").replaceAll("/+$", "");
        URI uri;
        try {
            uri = new URI(base);
        } catch (URISyntaxException e) {
            throw invalid(e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (!scheme.equals("http") && !scheme.equals("https") || authority == null) {
            throw invalid("it is not an http or https address");
        }
        if (authority.indexOf('@') >= 0 || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("it must not carry credentials, a query or a fragment");
        }
        // java.net.URI rejects underscores in host names, which containers and buckets have.
        if (uri.getHost() == null && !HOST_AND_PORT.matcher(authority).matches()) {
            throw invalid("it is not an http or https address");
        }
        return new BaseUrl(scheme + base.substring(scheme.length()));
    }

    private static IllegalArgumentException invalid(String reason) {
        // The text itself stays out of the message: it may hold a password.
        return new IllegalArgumentException("baseUrl cannot be used: " + reason + ". An example is https://toapis.com");
    }

    /**
     * Tells whether calls are encrypted.
     *
     * @return true for https
     */
    public boolean isSecure() {
        return value.startsWith("https:");
    }

    /** The scheme, in lower case. */
    String scheme() {
        return value.substring(0, value.indexOf(':'));
    }

    /** Scheme, host and port. */
    String origin() {
        int path = value.indexOf('/', scheme().length() + "://".length());
        return path < 0 ? value : value.substring(0, path);
    }

    /**
     * Tells whether a host is that of the service.
     *
     * @param host a host with its port; may be null
     * @return true when host name and port are those of this base URL
     */
    public boolean isSameHost(HttpHost host) {
        try {
            HttpHost own = HttpHost.create(origin());
            return host != null && own.getHostName().equalsIgnoreCase(host.getHostName()) && port(own) == port(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(HttpHost host) {
        int usual = "https".equalsIgnoreCase(host.getSchemeName()) ? 443 : 80;
        return host.getPort() < 0 ? usual : host.getPort();
    }

    /**
     * The address of a resource. Each segment is percent-encoded as a whole, so that an id from outside cannot reach another
     * path.
     *
     * @param segments the path segments below the base; none may be blank, {@code .} or {@code ..}
     * @return the address
     * @throws IllegalArgumentException if path normalization would remove a segment
     */
    public URI resolve(String... segments) {
        StringBuilder address = new StringBuilder(value);
        for (String segment : segments) {
            if (!isId(segment)) {
                throw new IllegalArgumentException("'" + segment + "' is not an id");
            }
            address.append('/').append(encode(segment));
        }
        return URI.create(address.toString());
    }

    /**
     * Tells whether a text can be an id. Ids are opaque; only segments that path normalization removes are rejected.
     *
     * @param text the text; may be null
     * @return false for null, blanks, {@code .} and {@code ..}
     */
    public static boolean isId(String text) {
        return text != null && !text.isBlank() && !text.equals(".") && !text.equals("..");
    }

    private static String encode(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** RFC 3986, section 2.3. */
    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
