package io.github.camelsora.internal.download;

import io.github.camelsora.api.FileExist;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/** What holds of whatever addresses the service gives, and wherever hosts redirect. */
public final class AddressRules {
    private static final DownloadRules STRICT = rules(false);
    private static final DownloadRules LENIENT = rules(true);

    private AddressRules() {}

    private static DownloadRules rules(boolean isHttpAllowed) {
        return new DownloadRules(
                isHttpAllowed,
                List.of("files.test", "*.cdn.test"),
                1,
                0,
                Duration.ofMinutes(1),
                FileExist.Override,
                false);
    }

    /** Reads an address, and a redirect to it; fails when either leads to a forbidden host. */
    public static void check(String address) {
        checkFirst(address, STRICT, false);
        checkFirst(address, LENIENT, true);
        try {
            FileAddress from = FileAddress.of("https://files.test/a/b?c", LENIENT);
            check(from.redirectedTo(address, LENIENT), false);
        } catch (IOException refused) {
            require(!refused.getMessage().contains("?"), "no query in a message", refused);
        }
    }

    private static void checkFirst(String address, DownloadRules rules, boolean isHttpAllowed) {
        try {
            check(FileAddress.of(address, rules), isHttpAllowed);
        } catch (IOException refused) {
            require(!refused.getMessage().contains("?"), "no query in a message", refused);
        }
    }

    private static void check(FileAddress address, boolean isHttpAllowed) {
        String scheme = address.uri().getScheme().toLowerCase(Locale.ROOT);
        require(scheme.equals("https") || isHttpAllowed && scheme.equals("http"), "a scheme that is allowed", address);
        require(address.uri().getRawUserInfo() == null, "no credentials", address);
        // Whom we connect to, by the eyes of the client that does it.
        String host = address.host().getHostName().toLowerCase(Locale.ROOT);
        require(host.equals("files.test") || host.endsWith(".cdn.test"), "a host that is allowed", address);
        HttpGet request = new HttpGet(address.uri());
        require(request.getAuthority().getHostName().equalsIgnoreCase(host), "one host", address);
        require(request.getRequestUri().chars().allMatch(c -> c > ' ' && c < 0x7f), "one line", address);
    }

    /** Cheaper than an assertion of AssertJ, of which there would be a million. */
    private static void require(boolean holds, String rule, Object subject) {
        if (!holds) {
            throw new AssertionError(rule + ": " + subject);
        }
    }
}
