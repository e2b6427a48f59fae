package io.github.camelsora.internal.camel.webhook;

import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.metrics.Meters;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Receipt;
import io.github.camelsora.internal.track.WebhookCompletionReceiver.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Counts the webhooks of an endpoint by what came of them. */
record WebhookMeters(EndpointContext context) {
    private Meters meters() {
        return context.runtime().meters();
    }

    /** A request was not believed, or could not be read. */
    WebhookResponse rejected(WebhookResponse answer) {
        meters().webhookReceived(context.account(), "rejected");
        return answer;
    }

    /** The ledger has failed, so the service has to send it again. */
    void failed() {
        meters().webhookReceived(context.account(), "failed");
    }

    /** A genuine webhook was handled; how late it is counts if it has named a task of the ledger. */
    void handled(Receipt receipt, Instant arrival) {
        meters().webhookReceived(context.account(), receipt.result().name().toLowerCase(Locale.ROOT));
        Instant end = receipt.result() == Result.APPLIED ? receipt.task().completedAt() : null;
        if (end != null) {
            meters().webhookLag(context.account(), Duration.between(end, arrival));
        }
    }
}
