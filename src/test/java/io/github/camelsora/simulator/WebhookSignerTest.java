package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {

    private static final byte[] BODY = "{\"id\":\"evt_01abcdef\",\"note\":\"für\"}".getBytes(StandardCharsets.UTF_8);
    private static final Instant AT = Instant.ofEpochSecond(1_783_953_302L);

    // printf 'evt_01abcdef.1783953302.{"id":"evt_01abcdef","note":"für"}' | openssl dgst -sha256 -hmac …
    private static final String BY_NEW = "0789f56bc943cf21e4f7eab68de593c353812e6b82aa282497a8014c1aae072f";
    private static final String BY_OLD = "f88ae85d676f976f099d4e2c3a0868901ca496c01d0d7040a160ee580c3307cc";

    @Test
    void theSignatureEqualsThatOfOpenssl() {
        String signature = WebhookSigner.of("geheim-ü").signature("evt_01abcdef", "1783953302", BODY);

        assertThat(signature).isEqualTo("v1=" + BY_NEW);
    }

    @Test
    void eachSecretSigns() {
        String signature = WebhookSigner.of("geheim-ü", "old-secret").signature("evt_01abcdef", "1783953302", BODY);

        assertThat(signature).isEqualTo("v1=" + BY_NEW + ",v1=" + BY_OLD);
    }

    @Test
    void theHeadersFollowTheContractAndCanBeChanged() {
        Map<String, String> headers = WebhookSigner.of("geheim-ü").headers("evt_01abcdef", AT, BODY);

        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Content-Type", "application/json",
                        "User-Agent", "ToAPIs-Webhook/1.0",
                        "X-ToAPIs-Webhook-Id", "evt_01abcdef",
                        "X-ToAPIs-Webhook-Timestamp", "1783953302",
                        "X-ToAPIs-Webhook-Signature", "v1=" + BY_NEW));
        headers.remove(WebhookSigner.SIGNATURE);
        assertThat(headers).hasSize(4);
    }

    @Test
    void aMissingOrBlankSecretIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSigner.of());
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSigner.of("one", " "));
    }
}
