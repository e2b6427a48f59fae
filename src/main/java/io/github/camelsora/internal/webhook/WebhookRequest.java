package io.github.camelsora.internal.webhook;

/**
 * A received webhook request, not verified yet: anyone may have sent it.
 *
 * @param id the header {@code X-ToAPIs-Webhook-Id}; null when there is none
 * @param timestamp the header {@code X-ToAPIs-Webhook-Timestamp}; null when there is none
 * @param signatures the header {@code X-ToAPIs-Webhook-Signature}; null when there is none
 * @param body the bytes of its body as received, not decoded
 */
public record WebhookRequest(String id, String timestamp, String signatures, byte[] body) {
    /** The header that holds the id of the event. */
    public static final String ID_HEADER = "X-ToAPIs-Webhook-Id";

    /** The header that holds the time of sending, in seconds since 1970. */
    public static final String TIMESTAMP_HEADER = "X-ToAPIs-Webhook-Timestamp";

    /** The header that holds one or more signatures. */
    public static final String SIGNATURE_HEADER = "X-ToAPIs-Webhook-Signature";
}
