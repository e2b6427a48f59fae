package io.github.camelsora.benchmark.micro;

import io.github.camelsora.benchmark.WireSamples;
import io.github.camelsora.internal.webhook.WebhookRequest;
import io.github.camelsora.internal.webhook.WebhookVerifier;
import io.github.camelsora.simulator.WebhookSigner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The time to distinguish a genuine webhook from a forged one. */
@State(Scope.Benchmark)
public class VerifierBenchmark {
    private static final String SECRET = "whsec-of-the-benchmark";
    private static final Instant NOW = Instant.ofEpochSecond(1_783_953_302);

    private final WebhookVerifier verifier = new WebhookVerifier(List.of(SECRET), InstantSource.fixed(NOW));
    private final WebhookRequest genuine = signedBy(SECRET);
    private final WebhookRequest forged = signedBy("whsec-of-another-account");

    private static WebhookRequest signedBy(String secret) {
        byte[] body = WireSamples.completed();
        Map<String, String> headers = WebhookSigner.of(secret).headers("evt_01abcdef", NOW, body);
        return new WebhookRequest(
                headers.get(WebhookRequest.ID_HEADER),
                headers.get(WebhookRequest.TIMESTAMP_HEADER),
                headers.get(WebhookRequest.SIGNATURE_HEADER),
                body);
    }

    /**
     * A genuine request is accepted.
     *
     * @return nothing to say against it
     */
    @Benchmark
    public Optional<String> genuineWebhook() {
        return verifier.rejectionReason(genuine);
    }

    /**
     * A forged request is not.
     *
     * @return what to say against it
     */
    @Benchmark
    public Optional<String> forgedWebhook() {
        return verifier.rejectionReason(forged);
    }
}
