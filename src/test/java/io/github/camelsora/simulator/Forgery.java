package io.github.camelsora.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Defects of a forged event. A receiver must reject each of them. */
public enum Forgery {
    /** A well-formed signature that does not match. */
    BAD_SIGNATURE(request -> request.header(WebhookSigner.SIGNATURE, bad("0"))),
    /** Several well-formed signatures, none of which matches. */
    SEVERAL_BAD_SIGNATURES(
            request -> request.header(WebhookSigner.SIGNATURE, bad("0") + ", " + bad("a") + "," + bad("f"))),
    /** The right signature without its last digit. */
    SHORT_SIGNATURE(request -> request.changeSignature(signature -> signature.substring(0, signature.length() - 1))),
    /** The right signature under an unknown version. */
    OTHER_VERSION(request -> request.changeSignature(signature -> signature.replace("v1=", "v2="))),
    /** The right signature without its version. */
    NO_VERSION(request -> request.changeSignature(signature -> signature.replace("v1=", ""))),
    /** An empty signature header. */
    EMPTY_SIGNATURE(request -> request.header(WebhookSigner.SIGNATURE, "")),
    /** A signature header with the version and no signature. */
    BLANK_SIGNATURE(request -> request.header(WebhookSigner.SIGNATURE, "v1=, v1=")),
    /** No signature header. */
    NO_SIGNATURE(request -> request.headers.remove(WebhookSigner.SIGNATURE)),
    /** No id header; signed as if the id were empty. */
    NO_ID(request -> {
        request.id = "";
        request.sign();
        request.headers.remove(WebhookSigner.ID);
    }),
    /** No timestamp header; signed as if it were empty. */
    NO_TIMESTAMP(request -> {
        request.timestamp = "";
        request.sign();
        request.headers.remove(WebhookSigner.TIMESTAMP);
    }),
    /** A timestamp that is not a number; properly signed. */
    NO_NUMBER(request -> {
        request.timestamp = "soon";
        request.sign();
    }),
    /** A timestamp ten minutes old; properly signed, as a replay is. */
    STALE_TIMESTAMP(request -> request.shift(Duration.ofMinutes(-10))),
    /** A timestamp ten minutes ahead; properly signed. */
    FUTURE_TIMESTAMP(request -> request.shift(Duration.ofMinutes(10))),
    /** A timestamp that was changed after it was signed, to make an old event look fresh. */
    CHANGED_TIMESTAMP(request -> request.header(
            WebhookSigner.TIMESTAMP, String.valueOf(request.at.minusSeconds(1).getEpochSecond()))),
    /** An id that was changed after it was signed, to get past a check for ids that were already received. */
    CHANGED_ID(request -> request.header(WebhookSigner.ID, EventBody.newId())),
    /** A body that was changed after it was signed. */
    TAMPERED_BODY(request ->
            request.body = (new String(request.body, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8)),
    /** Signed with a wrong secret. */
    WRONG_SECRET(request -> {
        request.signer = WebhookSigner.of("a wrong secret");
        request.sign();
    });

    private final Consumer<Request> change;

    Forgery(Consumer<Request> change) {
        this.change = change;
    }

    /** A request that is about to be sent. It is properly signed until a forgery changes it. */
    static final class Request {

        Map<String, String> headers;
        byte[] body;
        private final Instant at;
        private WebhookSigner signer;
        private String id;
        private String timestamp;

        Request(WebhookEvent event, Instant at, WebhookSigner signer) {
            this.at = at;
            this.signer = signer;
            id = event.id();
            timestamp = String.valueOf(at.getEpochSecond());
            body = event.bytes();
            headers = signer.headers(id, at, body);
        }

        private void header(String name, String value) {
            headers.put(name, value);
        }

        private void changeSignature(UnaryOperator<String> edit) {
            headers.compute(WebhookSigner.SIGNATURE, (name, signature) -> edit.apply(signature));
        }

        private void shift(Duration by) {
            timestamp = String.valueOf(at.plus(by).getEpochSecond());
            sign();
        }

        private void sign() {
            headers.put(WebhookSigner.ID, id);
            headers.put(WebhookSigner.TIMESTAMP, timestamp);
            headers.put(WebhookSigner.SIGNATURE, signer.signature(id, timestamp, body));
        }
    }

    Request forge(Request request) {
        change.accept(request);
        return request;
    }

    private static String bad(String digit) {
        return "v1=" + digit.repeat(64);
    }
}
