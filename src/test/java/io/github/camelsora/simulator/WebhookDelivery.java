package io.github.camelsora.simulator;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot of the delivery of an event. A duplicated event has two deliveries.
 *
 * @param event the event
 * @param url the URL of the receiver; null if no try was made
 * @param forgery the defect of a forged event; null for a genuine one
 * @param tries the tries so far, in order
 * @param isOver true if there will be no further try: it was accepted or lost, or the retry plan is at its end
 */
public record WebhookDelivery(WebhookEvent event, URI url, Forgery forgery, List<WebhookTry> tries, boolean isOver) {

    /** {@return true if a try was answered with 2xx} */
    public boolean isAccepted() {
        return tries.stream().anyMatch(WebhookTry::isAccepted);
    }

    /** {@return the HTTP status of the last try that was answered; 0 if none was} */
    public int lastStatus() {
        for (int i = tries.size() - 1; i >= 0; i--) {
            if (tries.get(i).answeredAt() != null) {
                return tries.get(i).status();
            }
        }
        return 0;
    }

    /** {@return when the first try was sent, by the simulator's clock; null if there was none} */
    public Instant firstSentAt() {
        return tries.isEmpty() ? null : tries.get(0).sentAt();
    }

    /** {@return when it was answered with 2xx, by the simulator's clock; null if it was not} */
    public Instant acceptedAt() {
        return tries.stream()
                .filter(WebhookTry::isAccepted)
                .findFirst()
                .map(WebhookTry::answeredAt)
                .orElse(null);
    }
}
