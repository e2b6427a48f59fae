package io.github.camelsora.simulator;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs events as the service does: HMAC-SHA256, with the secret's UTF-8 bytes, over {@code id + "." + timestamp + "." +
 * body}. The simulator uses it, and a test can use it for requests of its own.
 *
 * <pre>{@code
 * WebhookSigner signer = WebhookSigner.of("whsec");
 * Map<String, String> headers = signer.headers("evt_1", Instant.now(), body);
 * headers.put(WebhookSigner.TIMESTAMP, "soon");          // … or anything else that a receiver must reject
 * HttpRequest request = WebhookSigner.request(url, headers, body).build();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class WebhookSigner {

    /** The header with the event's id. */
    public static final String ID = "X-ToAPIs-Webhook-Id";

    /** The header with the time of the try, in seconds since 1970-01-01T00:00:00Z. */
    public static final String TIMESTAMP = "X-ToAPIs-Webhook-Timestamp";

    /** The header with the signatures. */
    public static final String SIGNATURE = "X-ToAPIs-Webhook-Signature";

    /** The user agent of the service. */
    public static final String USER_AGENT = "ToAPIs-Webhook/1.0";

    private static final String HMAC = "HmacSHA256";

    private final List<String> secrets;

    private WebhookSigner(List<String> secrets) {
        this.secrets = secrets;
    }

    /**
     * Makes a signer.
     *
     * @param secrets at least one, none blank; each of them signs
     * @return the signer
     * @throws IllegalArgumentException if there is none, or one is blank
     */
    public static WebhookSigner of(String... secrets) {
        return of(List.of(secrets));
    }

    static WebhookSigner of(List<String> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("A webhook needs at least one secret, and none may be blank");
        }
        return new WebhookSigner(List.copyOf(secrets));
    }

    /**
     * Makes the value of the signature header.
     *
     * @param id the event's id
     * @param timestamp the value of the timestamp header
     * @param body the body's bytes
     * @return such as {@code v1=0a1b…}, with one item for each secret, joined by commas
     */
    public String signature(String id, String timestamp, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1=" + hex(secret, id, timestamp, body))
                .collect(Collectors.joining(","));
    }

    /**
     * Makes the headers of a properly signed request.
     *
     * @param id the event's id
     * @param at when it is sent
     * @param body the body's bytes
     * @return all headers of the contract, in a map that the caller may change
     */
    public Map<String, String> headers(String id, Instant at, byte[] body) {
        String timestamp = String.valueOf(at.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", USER_AGENT);
        headers.put(ID, id);
        headers.put(TIMESTAMP, timestamp);
        headers.put(SIGNATURE, signature(id, timestamp, body));
        return headers;
    }

    /**
     * Makes a request for the JDK's HTTP client.
     *
     * @param url the URL of the receiver
     * @param headers the headers, as {@link #headers} returns them or changed
     * @param body the body's bytes
     * @return the builder of a POST request
     */
    public static HttpRequest.Builder request(URI url, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        return request;
    }

    private static String hex(String secret, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }
}
