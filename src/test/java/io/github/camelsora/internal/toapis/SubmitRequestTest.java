package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.StorePrompt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitRequestTest {
    private static final RemixRequest PUPPY = RemixRequest.of("video_1", "Add a puppy");
    private static final RemixRequest FULL =
            PUPPY.withModel("sora-2").withDuration(15).withAspectRatio("16:9");

    @Test
    void theBodyHasTheNamesOfTheWire() {
        String body = SubmitRequest.of(SubmitOperation.REMIX, FULL).body(null, null, null);

        assertThat(Json.readMap(body))
                .hasValue(Map.of("model", "sora-2", "prompt", "Add a puppy", "duration", 15, "aspect_ratio", "16:9"));
    }

    @Test
    void whatIsNotGivenIsNotSent() {
        String body = SubmitRequest.of(SubmitOperation.REMIX, PUPPY).body(null, null, null);

        assertThat(Json.readMap(body)).hasValue(Map.of("prompt", "Add a puppy"));
    }

    @Test
    void furtherFieldsTravelAlong() {
        SubmitRequest request =
                SubmitRequest.of(SubmitOperation.REMIX, with(Map.of("size", "720x720", "metadata", Map.of("n", 2))));

        assertThat(request.fields()).containsEntry("size", "720x720").containsEntry("metadata", Map.of("n", 2));
    }

    @Test
    void furtherFieldsDoNotReplaceThoseOfTheRequest() {
        SubmitRequest request = SubmitRequest.of(SubmitOperation.REMIX, with(Map.of("prompt", "Add a dragon")));

        assertThat(request.fields()).containsEntry("prompt", "Add a puppy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_business_id", "callback_url"})
    void fieldsThatAreOursAreLeftOut(String field) {
        SubmitRequest request = SubmitRequest.of(SubmitOperation.REMIX, with(Map.of(field, "theirs")));

        assertThat(request.fields()).doesNotContainKey(field);
    }

    @Test
    void ourKeyTravelsAsClientBusinessId() {
        String body = SubmitRequest.of(SubmitOperation.REMIX, with(Map.of("client_business_id", "theirs")))
                .body("key-1", null, null);

        assertThat(Json.readMap(body)).hasValue(Map.of("prompt", "Add a puppy", "client_business_id", "key-1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void promptsOfAnyJavaTypeAreStoredAsMarks(StorePrompt how) {
        SubmitRequest request = SubmitRequest.of(
                SubmitOperation.REMIX,
                with(Map.of(
                        "negative_prompt",
                        new StringBuilder("A cat"),
                        "multi_prompt",
                        new String[] {"A street"},
                        "scene_prompts",
                        Map.of(1, "A bridge"))));

        assertThat(request.toJson(how, "key-1")).doesNotContain("puppy", "cat", "street", "bridge");
    }

    @Test
    void theAddressForTheWebhookTravelsAsCallbackUrl() {
        String body = SubmitRequest.of(SubmitOperation.REMIX, PUPPY).body(null, "https://me.test/hook", null);

        assertThat(Json.readMap(body))
                .hasValue(Map.of("prompt", "Add a puppy", "callback_url", "https://me.test/hook"));
    }

    @Test
    void aFieldOfTheBodyIsReadAsText() {
        SubmitRequest request = SubmitRequest.of(SubmitOperation.REMIX, FULL);

        assertThat(request.text("model")).hasValue("sora-2");
        assertThat(request.text("duration")).hasValue("15");
        assertThat(request.text("size")).isEmpty();
    }

    @Test
    void aFurtherFieldCannotNameAnotherSource() {
        SubmitRequest request = SubmitRequest.of(SubmitOperation.REMIX, with(Map.of("video_id", "video_2")));

        assertThat(Json.readMap(request.toJson())).hasValue(Map.of("video_id", "video_1", "prompt", "Add a puppy"));
    }

    @Test
    void theLedgersFormNamesTheSourceBesideTheBody() {
        String json = SubmitRequest.of(SubmitOperation.REMIX, FULL).toJson();

        assertThat(Json.readMap(json))
                .hasValue(Map.of(
                        "video_id", "video_1",
                        "model", "sora-2",
                        "prompt", "Add a puppy",
                        "duration", 15,
                        "aspect_ratio", "16:9"));
    }

    @Test
    void aRequestIsFoundAgainInTheLedger() {
        String kept = SubmitRequest.of(SubmitOperation.REMIX, FULL).toJson();

        assertThat(SubmitRequest.of(SubmitOperation.REMIX, FULL).isWrittenAs(kept))
                .isTrue();
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() {
        Map<String, Object> oneWay = new LinkedHashMap<>();
        oneWay.put("size", "720x720");
        oneWay.put("metadata", Map.of("n", 2, "style", "noir"));
        String other = """
                {"metadata": {"style": "noir", "n": 2}, "prompt": "Add a puppy", "size": "720x720", "video_id": "video_1"}""";

        assertThat(SubmitRequest.of(SubmitOperation.REMIX, with(oneWay)).isWrittenAs(other))
                .isTrue();
    }

    @Test
    void theOrderOfAListMatters() {
        String kept = SubmitRequest.of(SubmitOperation.REMIX, with(Map.of("urls", List.of("a", "b"))))
                .toJson();

        assertThat(SubmitRequest.of(SubmitOperation.REMIX, with(Map.of("urls", List.of("b", "a"))))
                        .isWrittenAs(kept))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "{}",
                "not json",
                "{\"video_id\": \"video_2\", \"prompt\": \"Add a puppy\"}",
                "{\"video_id\": \"video_1\", \"prompt\": \"Add a dragon\"}",
                "{\"video_id\": \"video_1\", \"prompt\": \"Add a puppy\", \"duration\": 15}",
                "{\"prompt\": \"Add a puppy\"}",
            })
    void anotherRequestIsNotTaken(String kept) {
        assertThat(SubmitRequest.of(SubmitOperation.REMIX, PUPPY).isWrittenAs(kept))
                .isFalse();
    }

    @Test
    void whatTheLedgerKeepsCanBeSentAgain() {
        SubmitRequest request = SubmitRequest.of(SubmitOperation.REMIX, with(Map.of("metadata", Map.of("n", 2))));

        assertThat(SubmitRequest.read(SubmitOperation.REMIX, request.toJson())).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "not json"})
    void whatIsNoRequestIsNotRead(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> SubmitRequest.read(SubmitOperation.REMIX, json));
    }

    @Test
    void aRemixWithoutASourceIsNotTurnedIntoANewVideo() {
        RemixRequest sourceless = RemixRequest.of(null, "Add a puppy");

        assertThatIllegalArgumentException().isThrownBy(() -> SubmitRequest.of(SubmitOperation.REMIX, sourceless));
    }

    @Test
    void aNewVideoHasNoSourceEvenWhenOneIsGiven() {
        SubmitRequest request = SubmitRequest.of(SubmitOperation.GENERATE, FULL);

        assertThat(request)
                .isEqualTo(new SubmitRequest(
                        SubmitOperation.GENERATE,
                        null,
                        SubmitRequest.of(SubmitOperation.REMIX, FULL).fields()));
    }

    private static RemixRequest with(Map<String, Object> more) {
        return new RemixRequest("video_1", "Add a puppy", null, null, null, more);
    }
}
