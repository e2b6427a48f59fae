package io.github.camelsora.internal.camel.webhook;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The answers to webhook requests. The vendor sends again unless the answer is 2xx; other senders learn nothing from it. */
enum WebhookResponse {
    /** The event has been dealt with: it is in the ledger, or it concerns no task of the ledger. */
    ACCEPTED(200, ""),
    /** One text for every failed verification; only our log has the reason. */
    NOT_VERIFIED(400, "This is not a webhook of the service.\n"),
    TOO_LARGE(413, "The request is too large.\n"),
    FORM(415, "Forms are not accepted here.\n"),
    /** The vendor has to send the event again. */
    RETRY_LATER(503, "Please send it again.\n");

    private final int code;
    private final String text;

    WebhookResponse(int code, String text) {
        this.code = code;
        this.text = text;
    }

    void writeTo(Message message) {
        // Or the request's headers would be in the answer.
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, code);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        message.setBody(text);
    }
}
