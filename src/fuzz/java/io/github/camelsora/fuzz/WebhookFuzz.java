package io.github.camelsora.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.internal.webhook.WebhookRequest;
import io.github.camelsora.internal.webhook.WebhookVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Searches for a request that is accepted without a valid signature. */
class WebhookFuzz {
    private static final long NOW = 1_783_953_302;

    private final WebhookVerifier verifier =
            new WebhookVerifier(List.of("whsec-right"), InstantSource.fixed(Instant.ofEpochSecond(NOW)));

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void aRequestWithoutAValidSignatureIsRejected(FuzzedDataProvider data) {
        WebhookRequest request = new WebhookRequest(
                data.consumeString(40),
                data.consumeBoolean() ? Long.toString(NOW) : data.consumeString(20),
                data.consumeString(300),
                data.consumeRemainingAsBytes());
        if (verifier.rejectionReason(request).isEmpty()) {
            throw new AssertionError("Accepted without a valid signature: " + request);
        }
    }
}
