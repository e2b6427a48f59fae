package io.github.camelsora.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The receiver of events and the secrets that sign them: the present one first, older ones until they expire. */
record WebhookTarget(URI url, List<String> secrets, Instant othersUntil) {

    /** How long the previous secret signs, too. */
    static final Duration OVERLAP = Duration.ofHours(24);

    /** The waits before retries of an event. */
    static final List<Duration> RETRY_PLAN = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(24));

    static WebhookTarget of(String url, String... secrets) {
        WebhookSigner.of(secrets);
        return new WebhookTarget(parse(url), List.of(secrets), null);
    }

    private static URI parse(String url) {
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A webhook URL must look like http://host/path, not like '" + url + "'", e);
        }
        if (!isHttp(parsed)) {
            throw new IllegalArgumentException("A webhook URL must look like http://host/path, not like '" + url + "'");
        }
        return parsed;
    }

    WebhookTarget rotated(String secret, Instant now) {
        WebhookSigner.of(secret);
        return new WebhookTarget(url, List.of(secret, secrets.get(0)), now.plus(OVERLAP));
    }

    WebhookSigner signer(Instant now) {
        boolean over = othersUntil != null && !now.isBefore(othersUntil);
        return WebhookSigner.of(over ? secrets.subList(0, 1) : secrets);
    }

    /** Tells whether a submit may have this {@code callback_url}. */
    boolean allows(String callbackUrl) {
        try {
            URI callback = URI.create(callbackUrl);
            return isHttp(callback)
                    && callback.getScheme().equalsIgnoreCase(url.getScheme())
                    && callback.getHost().equalsIgnoreCase(url.getHost())
                    && port(callback) == port(url);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null
                && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
}
