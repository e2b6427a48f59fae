package io.github.camelsora.internal.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies that a request comes from the service: HMAC-SHA256 over {@code id.timestamp.body} with the secret, and a timestamp
 * within five minutes (the vendor's rules). It does the same work for all requests of one length, whatever is wrong with them,
 * so that response times reveal nothing. Thread-safe.
 */
public final class WebhookVerifier {
    private static final Duration TOLERANCE = Duration.ofSeconds(300);

    // The vendor sends two in the day after a rotation. A longer list would only cost CPU.
    private static final int MOST_SIGNATURES = 10;

    // The vendor's ids have some 30 characters.
    private static final int LONGEST_ID = 200;

    private static final String SCHEME = "v1=";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> secrets;
    private final InstantSource clock;

    /**
     * Creates a verifier.
     *
     * @param secrets the accepted secrets, at least one, none empty; several while a secret is rotated
     * @param clock the clock that timestamps are compared with
     * @throws IllegalArgumentException if there is no secret, or one is empty
     */
    public WebhookVerifier(List<String> secrets, InstantSource clock) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("A verifier needs a secret");
        }
        this.secrets = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.clock = clock;
    }

    /**
     * Verifies a request.
     *
     * @param request the request
     * @return the reason to reject it, for our own log only; empty when the request is genuine
     */
    public Optional<String> rejectionReason(WebhookRequest request) {
        // Always first: a request without a header must not be rejected sooner than one with a wrong signature.
        boolean isSigned = isSigned(request);
        if (isBlank(request.id()) || isBlank(request.timestamp()) || isBlank(request.signatures())) {
            return Optional.of("its id, timestamp or signature is missing");
        }
        if (request.id().length() > LONGEST_ID) {
            return Optional.of("its id is too long");
        }
        if (!isRecent(request.timestamp())) {
            return Optional.of("its timestamp is not within " + TOLERANCE.toSeconds() + " s of our clock");
        }
        return isSigned ? Optional.empty() : Optional.of("none of its signatures is valid");
    }

    private boolean isSigned(WebhookRequest request) {
        List<byte[]> signatures = Arrays.stream(orEmpty(request.signatures()).split(",", MOST_SIGNATURES + 1))
                .limit(MOST_SIGNATURES)
                .map(String::strip)
                .filter(item -> item.startsWith(SCHEME))
                .map(item -> item.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8))
                .toList();
        boolean isSigned = false;
        for (SecretKeySpec secret : secrets) {
            byte[] expected = sign(secret, request);
            for (byte[] given : signatures) {
                // No early return: all are compared, each in constant time.
                isSigned |= MessageDigest.isEqual(expected, given);
            }
        }
        return isSigned;
    }

    private static byte[] sign(SecretKeySpec secret, WebhookRequest request) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((orEmpty(request.id()) + "." + orEmpty(request.timestamp()) + ".")
                    .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(request.body())).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Each JVM has " + ALGORITHM, e);
        }
    }

    private boolean isRecent(String timestamp) {
        if (!SECONDS.matcher(timestamp).matches()) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
        return age.abs().compareTo(TOLERANCE) <= 0;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
