package io.github.camelsora.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelsora.simulator.WebhookSigner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is accepted only if the vendor has signed it, as it is, and not long ago. */
class WebhookVerifierTest {
    private static final String SECRET = "whsec-right";
    private static final String OLD_SECRET = "whsec-old";
    private static final String ID = "evt_01abcdef";
    private static final long NOW = 1_783_953_302;
    private static final String TIMESTAMP = "1783953302";
    private static final byte[] BODY = "{\"id\":\"evt_01abcdef\"}".getBytes(StandardCharsets.UTF_8);

    // printf 'evt_01abcdef.1783953302.{"id":"evt_01abcdef"}' | openssl dgst -sha256 -hmac …
    private static final String GENUINE = "8c15d5aeeb52ff14362fd3b53cdccaaa0e44045e94bb32065a97be23c4663e89";
    private static final String BY_OLD = "f6ab0ae13e1d1bb93ec8c032753fcf5c4ead5a0a3d96d303eb2695a6cc9b3366";
    private static final String OF_NO_BODY = "c6819943b88e6a153da204fe55694fe36c718f7f3eb61c1ba6b736f263338fab";
    private static final String BY_WORDS = "f674515f5c45a78dc5d2faf0e1469f383f3bd80440cbe6c93d95e7b041b0d085";

    // The same of a body {"a":"\xff\xfe\x00\xe9"}, which is no UTF-8.
    private static final String OF_BYTES = "d4a5b190d8c94941c06134c633cc6ec2478d195a3d822c9f678b4ffc944af5a1";

    private final WebhookVerifier verifier = verifierOf(SECRET);

    private static WebhookVerifier verifierOf(String... secrets) {
        return new WebhookVerifier(List.of(secrets), InstantSource.fixed(Instant.ofEpochSecond(NOW)));
    }

    private static WebhookRequest signedBy(String signatures) {
        return new WebhookRequest(ID, TIMESTAMP, signatures, BODY);
    }

    private void assertGenuine(WebhookRequest request) {
        assertThat(verifier.rejectionReason(request)).isEmpty();
    }

    private void assertRejected(WebhookRequest request) {
        assertThat(verifier.rejectionReason(request)).isNotEmpty();
    }

    @Test
    void theSignatureIsThatOfOpenssl() {
        assertGenuine(signedBy("v1=" + GENUINE));
    }

    @Test
    void aSecretIsItsBytesInUtf8() {
        assertThat(verifierOf("gehëim-ключ").rejectionReason(signedBy("v1=" + BY_WORDS)))
                .isEmpty();
    }

    @Test
    void aBodyIsSignedAsItsBytesAre() {
        byte[] body = HexFormat.of().parseHex("7b2261223a22" + "fffe00e9" + "227d");

        assertGenuine(new WebhookRequest(ID, TIMESTAMP, "v1=" + OF_BYTES, body));
    }

    @Test
    void anotherByteThatDecodesToTheSameIsAnotherBody() {
        byte[] body = HexFormat.of().parseHex("7b2261223a22" + "fefe00e9" + "227d");

        assertRejected(new WebhookRequest(ID, TIMESTAMP, "v1=" + OF_BYTES, body));
    }

    @Test
    void anEmptyBodyCanBeSigned() {
        assertGenuine(new WebhookRequest(ID, TIMESTAMP, "v1=" + OF_NO_BODY, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1=RIGHT,v1=WRONG",
                "v1=WRONG,v1=RIGHT",
                "v1=WRONG, v1=RIGHT",
                "  v1=WRONG  ,   v1=RIGHT  ",
                "v1=,v1=RIGHT",
                ",,v1=RIGHT,,",
                "v0=WRONG,v1=RIGHT",
                "v2=RIGHT,v1=RIGHT",
                "nonsense,v1=zz,v1=RIGHT",
            })
    void anyOfSeveralSignaturesIsEnough(String signatures) {
        assertGenuine(signedBy(signatures.replace("RIGHT", GENUINE).replace("WRONG", BY_OLD)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ", ,",
                "v1=",
                "v1",
                "=RIGHT",
                "RIGHT",
                "v0=RIGHT",
                "v2=RIGHT",
                "v11=RIGHT",
                "V1=RIGHT",
                "sha256=RIGHT",
                "v1=WRONG",
                "v1=WRONG,v1=WRONG",
                "v1=RIGHT0",
                "v1=0RIGHT",
                "v1=RIGHTRIGHT",
                "v1=\"RIGHT\"",
                "v1=RIGHT;",
                "v1=RIGHT v1=WRONG",
                "v1=\u0000",
                "v1=\ud800",
                "v1=ключ",
            })
    void whatIsNoSignatureOfOursIsRejected(String signatures) {
        assertRejected(signedBy(
                signatures == null ? null : signatures.replace("RIGHT", GENUINE).replace("WRONG", BY_OLD)));
    }

    @Test
    void upperCaseIsRejected() {
        assertRejected(signedBy("v1=" + GENUINE.toUpperCase(Locale.ROOT)));
    }

    @Test
    void aPartOfASignatureIsRejected() {
        for (int length = 0; length < GENUINE.length(); length++) {
            assertRejected(signedBy("v1=" + GENUINE.substring(0, length)));
            assertRejected(signedBy("v1=" + GENUINE.substring(GENUINE.length() - length)));
        }
    }

    @Test
    void aListIsReadAsFarAsTheVendorEverWrites() {
        assertGenuine(signedBy("v1=WRONG,".repeat(9) + "v1=" + GENUINE));
        assertRejected(signedBy("v1=WRONG,".repeat(10) + "v1=" + GENUINE));
        assertRejected(signedBy("v1=WRONG,".repeat(1_000) + "v1=" + GENUINE));
        assertRejected(signedBy(",".repeat(1_000_000)));
        assertRejected(signedBy(("v1=" + BY_OLD + ",").repeat(1_000)));
    }

    @Test
    void anyOfSeveralSecretsIsEnough() {
        WebhookVerifier both = verifierOf(SECRET, OLD_SECRET);

        assertThat(both.rejectionReason(signedBy("v1=" + GENUINE))).isEmpty();
        assertThat(both.rejectionReason(signedBy("v1=" + BY_OLD))).isEmpty();
        assertThat(both.rejectionReason(signedBy("v1=" + BY_OLD + ",v1=" + GENUINE)))
                .isEmpty();
        assertThat(both.rejectionReason(signedBy("v1=" + BY_WORDS))).isNotEmpty();
    }

    @Test
    void aRemovedSecretVerifiesNothing() {
        assertRejected(signedBy("v1=" + BY_OLD));
    }

    @Test
    void withoutASecretThereIsNoVerifier() {
        assertThatIllegalArgumentException().isThrownBy(() -> verifierOf());
        assertThatIllegalArgumentException().isThrownBy(() -> verifierOf(""));
        assertThatIllegalArgumentException().isThrownBy(() -> verifierOf(SECRET, ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -299, 0, 299, 300})
    void fiveMinutesOffIsNotTooMuch(long offset) {
        assertGenuine(signedAt(String.valueOf(NOW + offset)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -301, 301, 86_400})
    void moreThanFiveMinutesOffIsTooMuch(long offset) {
        assertRejected(signedAt(String.valueOf(NOW + offset)));
    }

    @Test
    void aPartOfASecondMoreIsTooMuch() {
        WebhookVerifier later =
                new WebhookVerifier(List.of(SECRET), InstantSource.fixed(Instant.ofEpochSecond(NOW + 300, 1)));

        assertThat(later.rejectionReason(signedBy("v1=" + GENUINE))).isNotEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "0",
                "-1",
                "-1783953302",
                "+1783953302",
                " 1783953302",
                "1783953302 ",
                "1783953302.0",
                "1783953302000",
                "1.783953302e9",
                "0x6a54f6d6",
                "1783953302L",
                "1_783_953_302",
                "١٧٨٣٩٥٣٣٠٢",
                "2026-07-13T14:35:02Z",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "31556889864403199",
                "99999999999999999999999999999999999999",
                "1783953302,1783953302",
                "NaN",
            })
    void aTimestampThatIsNoSuchNumberIsRejectedEvenWhenSigned(String timestamp) {
        assertRejected(signedAt(timestamp));
    }

    @Test
    void anotherTimestampThanTheSignedIsRejected() {
        assertRejected(new WebhookRequest(ID, "1783953303", "v1=" + GENUINE, BODY));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aRequestWithoutAnIdIsRejectedEvenWhenSigned(String id) {
        String text = id == null ? "null" : id;

        assertRejected(new WebhookRequest(id, TIMESTAMP, signature(text, TIMESTAMP, BODY), BODY));
        assertRejected(new WebhookRequest(id, TIMESTAMP, signature("", TIMESTAMP, BODY), BODY));
    }

    @ParameterizedTest
    @CsvSource({"evt_01abcdeg", "EVT_01ABCDEF", "evt_01abcdef.", "' evt_01abcdef'", "evt_01abcdef%00"})
    void anotherIdThanTheSignedIsRejected(String id) {
        assertRejected(new WebhookRequest(id, TIMESTAMP, "v1=" + GENUINE, BODY));
    }

    @Test
    void thePartsThatAreSignedCannotBeShifted() {
        String body = new String(BODY, StandardCharsets.UTF_8);

        assertRejected(new WebhookRequest(ID + "." + TIMESTAMP, body, "v1=" + GENUINE, new byte[0]));
        assertRejected(new WebhookRequest(ID + "." + TIMESTAMP + "." + body, "", "v1=" + GENUINE, new byte[0]));
        assertRejected(new WebhookRequest("", ID + "." + TIMESTAMP, "v1=" + GENUINE, BODY));
        assertRejected(new WebhookRequest(
                "", "", "v1=" + GENUINE, (ID + "." + TIMESTAMP + "." + body).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void oneOtherBitAnywhereInTheBodyIsRejected() {
        byte[] body = "{\"id\":\"evt_01abcdef\",\"type\":\"generation.completed\"}".getBytes(StandardCharsets.UTF_8);
        String signature = signature(ID, TIMESTAMP, body);
        assertGenuine(new WebhookRequest(ID, TIMESTAMP, signature, body));

        for (int bit = 0; bit < body.length * 8; bit++) {
            byte[] tampered = body.clone();
            tampered[bit / 8] ^= (byte) (1 << bit % 8);
            assertRejected(new WebhookRequest(ID, TIMESTAMP, signature, tampered));
        }
    }

    @Test
    void aByteMoreOrLessIsRejected() {
        assertRejected(new WebhookRequest(ID, TIMESTAMP, "v1=" + GENUINE, Arrays.copyOf(BODY, BODY.length - 1)));
        assertRejected(new WebhookRequest(ID, TIMESTAMP, "v1=" + GENUINE, Arrays.copyOf(BODY, BODY.length + 1)));
        assertRejected(new WebhookRequest(ID, TIMESTAMP, "v1=" + GENUINE, new byte[0]));
    }

    @Test
    void aReasonHoldsNeitherSecretNorSignature() {
        for (WebhookRequest request :
                List.of(signedBy("v1=" + BY_OLD), signedBy(null), signedAt("0"), signedAt("now"), signedBy(SECRET))) {
            assertThat(verifier.rejectionReason(request).orElseThrow()).doesNotContain(GENUINE, BY_OLD, SECRET);
        }
    }

    private static WebhookRequest signedAt(String timestamp) {
        String text = timestamp == null ? "" : timestamp;
        return new WebhookRequest(ID, timestamp, signature(ID, text, BODY), BODY);
    }

    private static String signature(String id, String timestamp, byte[] body) {
        return WebhookSigner.of(SECRET).signature(id, timestamp, body);
    }
}
