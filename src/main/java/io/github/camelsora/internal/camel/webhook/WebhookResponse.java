package io.github.camelsora.internal.camel.webhook;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the sender of a webhook hears. Only 2xx counts for the vendor; who is not the vendor learns nothing from the rest. */
enum WebhookResponse {
    /** The ledger has it. */
    RECORDED(200, ""),
    /** One text for all that does not verify; the reason is for our log. */
    NOT_VERIFIED(400, "This is not a webhook of the service.\n"),
    TOO_LARGE(413, "The request is too large.\n"),
    FORM(415, "Forms are not taken here.\n"),
    /** The vendor shall send it again. */
    RETRY_LATER(503, "Please send it again.\n");

    private final int code;
    private final String text;

    WebhookResponse(int code, String text) {
        this.code = code;
        this.text = text;
    }

    void writeTo(Message message) {
        // Or the headers of the request would stand in the answer.
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, code);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        message.setBody(text);
    }
}
