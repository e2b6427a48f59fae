package io.github.camelsora.download;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

/**
 * Where a file is, checked before anything is asked there.
 *
 * @param uri an http or https address with a host and without credentials
 */
record FileAddress(URI uri) {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final int LARGEST_PORT = 65_535;

    /** Reads an address as the service gives it. */
    static FileAddress of(String url, DownloadRules rules) throws IOException {
        return checked(lenient(url), rules);
    }

    /** Where a redirect leads from here. */
    FileAddress redirectedTo(String location, DownloadRules rules) throws IOException {
        URI next;
        try {
            next = uri.resolve(lenient(location));
        } catch (IllegalArgumentException e) {
            throw new IOException("the file host redirects to an address that cannot be read", e);
        }
        if ("https".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
            throw new RefusedException("the file host redirects to an address that is not secure");
        }
        return checked(next, rules);
    }

    private static FileAddress checked(URI uri, DownloadRules rules) throws IOException {
        boolean isSecure = "https".equalsIgnoreCase(uri.getScheme());
        if (!isSecure && !"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new RefusedException("the address of the file is not one of https");
        }
        if (!isSecure && !rules.isHttpAllowed()) {
            throw new RefusedException("the address of the file is not secure: http is allowed only where baseUrl is");
        }
        if (uri.getPort() > LARGEST_PORT) {
            throw new RefusedException("the address of the file has a port that cannot be");
        }
        if (uri.getRawUserInfo() != null) {
            throw new RefusedException("the address of the file carries credentials");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!rules.allowedHosts().isEmpty()
                && rules.allowedHosts().stream()
                        .noneMatch(allowed -> isMeant(host, allowed.toLowerCase(Locale.ROOT)))) {
            throw new RefusedException("the file lies on " + host + ", which is not among allowedHosts");
        }
        return new FileAddress(uri);
    }

    private static boolean isMeant(String host, String allowed) {
        return allowed.startsWith("*.") ? host.endsWith(allowed.substring(1)) : host.equals(allowed);
    }

    /** Whom to connect to: the very host that was checked. */
    HttpHost host() {
        return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    /** Signed addresses hold characters that a URI may not; they are encoded, all others stay as they were signed. */
    private static URI lenient(String url) throws IOException {
        StringBuilder encoded = new StringBuilder();
        for (byte b : url.strip().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
                encoded.append('%').append(UPPER.toHexDigits(b));
            } else {
                encoded.append(c);
            }
        }
        try {
            return URI.create(encoded.toString());
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the address of the file cannot be read", e);
        }
    }
}
