package io.github.camelsora.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * One try to deliver an event.
 *
 * @param sentAt when it was sent, by the simulator's clock
 * @param timestamp the value of its timestamp header; null if it was sent without that header
 * @param signature the value of its signature header; null if it was sent without that header
 * @param answeredAt when it was answered or failed, by the simulator's clock; null until then
 * @param status the HTTP status of the answer; 0 without one
 * @param problem why there was no answer; null if there was one, and until then
 */
public record WebhookTry(
        Instant sentAt, String timestamp, String signature, Instant answeredAt, int status, String problem) {

    static final String LOST = "lost on its way";

    static WebhookTry of(Map<String, String> headers, Instant now) {
        String timestamp = headers.get(WebhookSigner.TIMESTAMP);
        return new WebhookTry(now, timestamp, headers.get(WebhookSigner.SIGNATURE), null, 0, null);
    }

    WebhookTry answered(Instant now, int newStatus, String newProblem) {
        return new WebhookTry(sentAt, timestamp, signature, now, newStatus, newProblem);
    }

    /** {@return true if the answer was 2xx; any other answer causes a retry} */
    public boolean isAccepted() {
        return status >= 200 && status < 300;
    }
}
