package io.github.camelsora.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What can be wrong with an event that comes from a stranger. A receiver must accept none of them. */
public enum Forgery {
    /** A signature of the right form that fits nothing. */
    BAD_SIGNATURE(request -> request.header(WebhookSigner.SIGNATURE, bad("0"))),
    /** Several signatures, none of which fits. */
    SEVERAL_BAD_SIGNATURES(
            request -> request.header(WebhookSigner.SIGNATURE, bad("0") + ", " + bad("a") + "," + bad("f"))),
    /** The right signature without its last digit. */
    SHORT_SIGNATURE(request -> request.changeSignature(signature -> signature.substring(0, signature.length() - 1))),
    /** The right signature under a version that there is not. */
    OTHER_VERSION(request -> request.changeSignature(signature -> signature.replace("v1=", "v2="))),
    /** The right signature without its version. */
    NO_VERSION(request -> request.changeSignature(signature -> signature.replace("v1=", ""))),
    /** A signature header that is empty. */
    EMPTY_SIGNATURE(request -> request.header(WebhookSigner.SIGNATURE, "")),
    /** A signature header that promises a signature and has none. */
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
    /** A timestamp that is no number; properly signed. */
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
    /** An id that was changed after it was signed, to get past the memory of ids. */
    CHANGED_ID(request -> request.header(WebhookSigner.ID, EventBody.newId())),
    /** A body that was changed after it was signed. */
    TAMPERED_BODY(request ->
            request.body = (new String(request.body, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8)),
    /** A secret that somebody made up. */
    WRONG_SECRET(request -> {
        request.signer = WebhookSigner.of("a secret that somebody made up");
        request.sign();
    });

    private final Consumer<Request> change;

    Forgery(Consumer<Request> change) {
        this.change = change;
    }

    /** A request as it is about to be sent; properly signed to begin with. */
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
