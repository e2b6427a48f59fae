package io.github.camelsora.internal.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.WebhookSigner;
import io.github.camelsora.support.RawAnswer;
import io.github.camelsora.support.RawRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger gets nowhere: each is refused, with one and the same answer, and whatever was running is running still. */
class WebhookAttackTest extends WebhookTestSupport {
    private static final int MOST = 1_048_576;

    private String taskId;
    private byte[] genuine;
    private boolean isRunningStill = true;

    @BeforeEach
    void runATask() throws Exception {
        start(receiving(RECEIVER), receivingTasks(ON_NOTIFICATION));
        fireAndForget("order-1");
        taskId = recordOf("order-1").taskId();
        genuine = completed(taskId, "order-1").body.getBytes(StandardCharsets.UTF_8);
    }

    @AfterEach
    void nothingHasComeOfIt() {
        if (isRunningStill) {
            assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
            assertThat(notices).isEmpty();
            assertThat(received).isEmpty();
            assertThat(toApis.requests(Call.STATUS)).isEmpty();
        }
    }

    /** The headers of a request that would be accepted. */
    private static Map<String, String> headers(byte[] body) {
        return headersAt(Instant.now(), SECRET, body);
    }

    private static Map<String, String> headersAt(Instant at, String secret, byte[] body) {
        return new LinkedHashMap<>(WebhookSigner.of(secret).headers("evt_01abcdef", at, body));
    }

    private RawAnswer post(Map<String, String> headers, byte[] body) throws Exception {
        try (RawRequest request = new RawRequest(port)) {
            return request.head("POST " + PATH, headers, "Content-Length: " + body.length)
                    .write(body)
                    .answer();
        }
    }

    /** Spoils the headers of a request that was genuine. */
    private interface Spoil {
        void spoil(Map<String, String> headers);
    }

    static Stream<Spoil> spoiledHeaders() {
        String signature = WebhookSigner.SIGNATURE;
        String bad = "v1=" + "0".repeat(64);
        return Stream.<Spoil>of(
                all -> all.put(signature, bad),
                all -> all.put(signature, bad + "," + bad + ", " + bad),
                all -> all.put(signature, ""),
                all -> all.put(signature, ","),
                all -> all.put(signature, "v1="),
                all -> all.remove(signature),
                all -> all.put(signature, all.get(signature).replace("v1=", "v0=")),
                all -> all.put(signature, all.get(signature).replace("v1=", "")),
                all -> all.put(
                        signature, "v1=" + all.get(signature).substring(3).toUpperCase()),
                all -> all.put(signature, all.get(signature).substring(0, 66)),
                all -> all.put("X-Another-Signature", all.remove(signature)),
                all -> all.put("Signature", all.remove(signature)),
                all -> all.put(WebhookSigner.ID, "evt_other"),
                all -> all.put(WebhookSigner.ID, ""),
                all -> all.remove(WebhookSigner.ID),
                all -> all.put(WebhookSigner.TIMESTAMP, "now"),
                all -> all.put(WebhookSigner.TIMESTAMP, "-1"),
                all -> all.put(WebhookSigner.TIMESTAMP, "99999999999999999999"),
                all -> all.put(WebhookSigner.TIMESTAMP, ""),
                all -> all.remove(WebhookSigner.TIMESTAMP),
                all -> all.keySet().removeIf(name -> name.startsWith("X-")),
                // What a header claims about the message is no way around its signature.
                all -> {
                    all.put(signature, bad);
                    all.put("CamelSoraTaskId", "video_1");
                    all.put("CamelHttpResponseCode", "200");
                    all.put("CamelHttpMethod", "GET");
                    all.put("X-HTTP-Method-Override", "PUT");
                });
    }

    @ParameterizedTest
    @MethodSource("spoiledHeaders")
    void aSpoiledHeaderIsRejected(Spoil spoiled) throws Exception {
        Map<String, String> headers = headers(genuine);
        spoiled.spoil(headers);

        assertRejected(post(headers, genuine));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -302, 302, 86_400})
    void anotherTimeIsRejectedThoughItIsSigned(long offset) throws Exception {
        assertRejected(post(headersAt(Instant.now().plusSeconds(offset), SECRET, genuine), genuine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec-wrong", "whsec-righ", "whsec-right ", "WHSEC-RIGHT", "null"})
    void anotherSecretIsRejected(String secret) throws Exception {
        assertRejected(post(headersAt(Instant.now(), secret, genuine), genuine));
    }

    @Test
    void aTamperedBodyIsRejected() throws Exception {
        byte[] tampered = genuine.clone();
        tampered[tampered.length / 2] ^= 1;
        String spaced = new String(genuine, StandardCharsets.UTF_8) + " ";

        assertRejected(post(headers(genuine), tampered));
        assertRejected(post(headers(genuine), spaced.getBytes(StandardCharsets.UTF_8)));
        assertRejected(post(headers(genuine), new byte[0]));
        assertRejected(post(headers(genuine), Arrays.copyOf(genuine, genuine.length - 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"text\"", "", "{", "task_id=x&status=SUCCESS", "<event/>"})
    void whatIsNoJsonObjectIsRejectedThoughItIsSigned(String text) throws Exception {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);

        assertRejected(post(headers(body), body));
    }

    @Test
    void deepJsonIsRejectedThoughItIsSigned() throws Exception {
        byte[] arrays = deep("[", "]");
        byte[] objects = deep("{\"a\":", "}");

        assertRejected(post(headers(arrays), arrays));
        assertRejected(post(headers(objects), objects));
    }

    private byte[] deep(String open, String close) {
        return ("{\"type\":\"generation.completed\",\"data\":{\"task_id\":\"" + taskId
                        + "\",\"status\":\"SUCCESS\",\"result\":" + open.repeat(10_000) + "1" + close.repeat(10_000)
                        + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aLineThatIsSmuggledIntoAHeaderIsNoHeader() throws Exception {
        Map<String, String> headers = headers(genuine);
        String right = headers.remove(WebhookSigner.SIGNATURE);
        headers.put(WebhookSigner.ID, "evt_01abcdef\r\nX-Injected: yes");
        headers.put(WebhookSigner.SIGNATURE, right.replace("v1=", "v1=0"));

        assertRejected(post(headers, genuine));
    }

    @Test
    void twoIdsOrTimestampsAreRejected() throws Exception {
        for (String name : List.of(WebhookSigner.ID, WebhookSigner.TIMESTAMP)) {
            Map<String, String> headers = headers(genuine);
            headers.put(name, headers.get(name) + "\r\n" + name + ": " + headers.get(name));

            assertRejected(post(headers, genuine));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8",
                "multipart/form-data; boundary=x",
                "Multipart/Mixed; boundary=x"
            })
    void aFormIsRejectedThoughItIsSigned(String type) throws Exception {
        Map<String, String> headers = headers(genuine);
        headers.put("Content-Type", type);

        assertThat(post(headers, genuine).status()).isEqualTo(415);
    }

    @Test
    void aFormThatHoldsAGenuineEventIsRejected() throws Exception {
        String form = "X-ToAPIs-Webhook-Id=evt_01abcdef&task_id=" + taskId + "&status=SUCCESS";
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers(body);
        headers.put("Content-Type", "application/x-www-form-urlencoded");

        assertThat(post(headers, body).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/xml", "APPLICATION/JSON", ";", "a/b/c"})
    void noMediaTypeIsAWayAroundTheSignature(String type) throws Exception {
        Map<String, String> headers = headers(genuine);
        headers.put("Content-Type", type);
        headers.put(WebhookSigner.SIGNATURE, "v1=" + "0".repeat(64));

        assertRejected(post(headers, genuine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "HEAD", "TRACE"})
    void anotherMethodIsNotAllowedThoughItIsSigned(String method) throws Exception {
        try (RawRequest request = new RawRequest(port)) {
            RawAnswer answer = request.head(method + " " + PATH, headers(genuine), "Content-Length: " + genuine.length)
                    .write(genuine)
                    .answer();

            assertThat(answer.status()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/hooks", "/hooks/sor", "/hooks/sora/x", "/hooks/../hooks/sorb", "/HOOKS/SORA"})
    void anotherPathIsNotThereThoughItIsSigned(String path) throws Exception {
        try (RawRequest request = new RawRequest(port)) {
            RawAnswer answer = request.head("POST " + path, headers(genuine), "Content-Length: " + genuine.length)
                    .write(genuine)
                    .answer();

            assertThat(answer.status()).isEqualTo(404);
        }
    }

    @Test
    void aByteTooManyIsTooLargeThoughItIsSigned() throws Exception {
        byte[] body = padded(MOST + 1);

        assertThat(post(headers(body), body).status()).isEqualTo(413);
    }

    @Test
    void asManyBytesAsAreAllowedAreTaken() throws Exception {
        isRunningStill = false;
        byte[] body = padded(MOST);

        assertThat(post(headers(body), body).status()).isEqualTo(200);
        delivered("order-1");
    }

    private byte[] padded(int length) {
        byte[] body = Arrays.copyOf(genuine, length);
        Arrays.fill(body, genuine.length, length, (byte) ' ');
        return body;
    }

    @Test
    void aReplayIsAnsweredAndChangesNothing() throws Exception {
        isRunningStill = false;
        Map<String, String> headers = headers(genuine);
        post(headers, genuine);
        delivered("order-1");

        RawAnswer replayed = post(headers, genuine);

        assertThat(replayed.status()).isEqualTo(200);
        awaitNotices(2);
        assertThat(receivedKeys()).containsExactly("order-1");
        delivered("order-1");
    }

    /** The request was signed once, and is sent again later than the vendor would. */
    @Test
    void aReplayThatComesLateIsRejected() throws Exception {
        isRunningStill = false;
        post(headers(genuine), genuine);
        delivered("order-1");
        awaitNotices(1);

        assertRejected(post(headersAt(Instant.now().minusSeconds(301), SECRET, genuine), genuine));

        assertThat(notices).hasSize(1);
        assertThat(receivedKeys()).containsExactly("order-1");
    }

    /** Byte for byte what any request hears that is no webhook at all. */
    private void assertRejected(RawAnswer answer) throws Exception {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.withoutDate())
                .isEqualTo(post(Map.of("Content-Type", "application/json"), new byte[0])
                        .withoutDate());
    }
}
