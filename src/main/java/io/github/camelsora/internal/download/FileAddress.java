package io.github.camelsora.internal.download;

import java.io.IOException;
import java.net.IDN;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHost;

/**
 * The address of a file, checked before any request is sent to it.
 *
 * @param uri an http or https address without credentials
 * @param host the host to connect to, which is the one that was checked
 */
record FileAddress(URI uri, HttpHost host) {
    private static final int LARGEST_PORT = 65_535;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNSAFE = "\"<>\\^`{|}";
    private static final String UNSAFE_IN_PATH = UNSAFE + "[]";

    /** {@link URI} rejects underscores in host names, which buckets and containers have. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::|:(\\d{1,6}))?");

    /** The scheme, authority and path of an address that names a host. */
    private static final Pattern AUTHORITY = Pattern.compile("((?:[A-Za-z][A-Za-z0-9+.-]*:)?//)([^/]*)(.*)");

    /** Parses an address that the service gave. */
    static FileAddress of(String url, DownloadRules rules) throws IOException {
        return check(parseLeniently(url, StandardCharsets.UTF_8), rules);
    }

    /** Resolves a redirect from this address. */
    FileAddress redirectedTo(String location, DownloadRules rules) throws IOException {
        // The HTTP client decodes headers as Latin-1, so this restores the bytes that the host sent.
        URI next = resolve(parseLeniently(location, StandardCharsets.ISO_8859_1));
        if ("https".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
            throw new DownloadRejectedException("the file host redirects to an address that is not secure");
        }
        return check(next, rules);
    }

    private URI resolve(URI next) throws IOException {
        try {
            // A reference without a path keeps the path (RFC 3986, section 5.2.2); URI would use its folder.
            boolean isSamePath = !next.isAbsolute()
                    && next.getRawAuthority() == null
                    && next.getRawPath().isEmpty();
            if (!isSamePath) {
                return uri.resolve(next);
            }
            String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
            return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + query);
        } catch (IllegalArgumentException e) {
            throw new IOException("the file host redirects to an address that cannot be read", e);
        }
    }

    private static FileAddress check(URI uri, DownloadRules rules) throws IOException {
        boolean isSecure = "https".equalsIgnoreCase(uri.getScheme());
        if (!isSecure && !"http".equalsIgnoreCase(uri.getScheme()) || uri.getRawAuthority() == null) {
            throw new DownloadRejectedException("the address of the file is not one of https");
        }
        if (!isSecure && !rules.isHttpAllowed()) {
            throw new DownloadRejectedException(
                    "the address of the file is not secure: http is allowed only where baseUrl is");
        }
        if (uri.getRawAuthority().indexOf('@') >= 0) {
            throw new DownloadRejectedException("the address of the file carries credentials");
        }
        Matcher authority = HOST_AND_PORT.matcher(uri.getRawAuthority());
        if (!authority.matches()) {
            throw new DownloadRejectedException("the address of the file names no valid host");
        }
        int port = authority.group(2) == null ? -1 : Integer.parseInt(authority.group(2));
        if (port > LARGEST_PORT) {
            throw new DownloadRejectedException("the address of the file has an invalid port");
        }
        String name = authority.group(1).toLowerCase(Locale.ROOT);
        if (!rules.allowedHosts().isEmpty()
                && rules.allowedHosts().stream()
                        .noneMatch(allowed -> matches(name, allowed.toLowerCase(Locale.ROOT)))) {
            throw new DownloadRejectedException("the file lies on " + name + ", which is not among allowedHosts");
        }
        return new FileAddress(uri, new HttpHost(uri.getScheme(), name, port));
    }

    private static boolean matches(String host, String allowed) {
        return allowed.startsWith("*.") ? host.endsWith(allowed.substring(1)) : host.equals(allowed);
    }

    /**
     * Parses an address as a browser does: removes line breaks and the fragment, reads a backslash in the path as a slash, and
     * encodes characters that an address may not hold. All other characters stay as they were signed.
     */
    private static URI parseLeniently(String text, Charset charset) throws DownloadRejectedException {
        String address =
                text.replaceAll("^[\\x00- ]+|[\\x00- ]+$|[\\t\\r\\n]", "").replaceFirst("(?s)#.*", "");
        int end = address.indexOf('?') < 0 ? address.length() : address.indexOf('?');
        String path = address.substring(0, end).replace('\\', '/');
        String query = encode(address.substring(end), charset, UNSAFE);
        Matcher authority = AUTHORITY.matcher(path);
        try {
            return authority.matches()
                    ? URI.create(authority.group(1)
                            + ascii(authority.group(2), charset)
                            + encode(authority.group(3), charset, UNSAFE_IN_PATH)
                            + query)
                    : URI.create(encode(path, charset, UNSAFE_IN_PATH) + query);
        } catch (IllegalArgumentException e) {
            throw new DownloadRejectedException("the address of the file cannot be read", e);
        }
    }

    /** The host's name in the form that DNS knows. */
    private static String ascii(String authority, Charset charset) {
        boolean isAscii = authority.chars().allMatch(c -> c < 0x7f);
        return isAscii
                ? authority
                : IDN.toASCII(new String(authority.getBytes(charset), StandardCharsets.UTF_8), IDN.ALLOW_UNASSIGNED);
    }

    /** Percent-encodes bytes that an address may not hold, and keeps what is encoded already. */
    private static String encode(String text, Charset charset, String unsafe) {
        StringBuilder encoded = new StringBuilder();
        byte[] bytes = text.getBytes(charset);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean isLonePercent = c == '%' && !isEncoded(bytes, i);
            if (c <= ' ' || c >= 0x7f || unsafe.indexOf(c) >= 0 || isLonePercent) {
                encoded.append('%').append(HEX.toHexDigits(bytes[i]));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static boolean isEncoded(byte[] bytes, int at) {
        return at + 2 < bytes.length && HexFormat.isHexDigit(bytes[at + 1]) && HexFormat.isHexDigit(bytes[at + 2]);
    }
}
