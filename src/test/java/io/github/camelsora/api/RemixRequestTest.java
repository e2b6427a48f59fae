package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.internal.camel.request.RequestCheck;
import io.github.camelsora.internal.models.ModelCatalog;
import io.github.camelsora.internal.toapis.SubmitOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendor documents by model, and nothing beyond it. */
class RemixRequestTest {
    private static final RemixRequest PUPPY = RemixRequest.of("video_1", "Add a puppy");

    @ParameterizedTest
    @CsvSource({
        "sora-2, 10, 16:9",
        "sora-2, 15, 9:16",
        "sora-2, 15, 1:1",
        "sora-2, , ",
        "sora-2-pro, 15, 16:9",
        "sora-2-pro, 25, 9:16",
        "sora-2-pro, 25, 1:1",
        "sora-2-vip, 7, 1:1",
        "sora-2-official, , ",
        "grok-video-1.0, , 16:9",
        "grok-video-1.0, , 9:16",
    })
    void whatTheVendorDocumentsPasses(String model, Integer duration, String aspectRatio) {
        RemixRequest request = request(model, duration, aspectRatio);

        assertThatCode(() -> check(SubmitOperation.REMIX, request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "sora-2, 25, 10 s or 15 s",
        "sora-2, 11, 10 s or 15 s",
        "sora-2-pro, 10, 15 s or 25 s",
        "sora-2-official, 12, leave it out",
    })
    void aRejectedDurationIsAnsweredWithWhatIsAllowed(String model, int duration, String allowed) {
        BadRequestException refusal = refusalOf(request(model, duration, null));

        assertThat(refusal).hasMessageContainingAll(model, "duration", allowed, Integer.toString(duration));
    }

    @ParameterizedTest
    @CsvSource({
        "sora-2, 4:3, 16:9 or 9:16 or 1:1",
        "sora-2, 16x9, 16:9 or 9:16 or 1:1",
        "sora-2-pro, 4:3, 16:9 or 9:16 or 1:1",
        "sora-2-vip, 4:3, 16:9 or 9:16 or 1:1",
        "sora-2-official, 16:9, leave it out",
        "grok-video-1.0, 1:1, 16:9 or 9:16",
    })
    void aRejectedShapeIsAnsweredWithWhatIsAllowed(String model, String aspectRatio, String allowed) {
        BadRequestException refusal = refusalOf(request(model, null, aspectRatio));

        assertThat(refusal).hasMessageContainingAll(model, "aspect ratio", allowed, aspectRatio);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"sora-3", "Sora-2", "sora-2 ", "veo-9"})
    void aModelThatIsNotKnownPassesUnchecked(String model) {
        RemixRequest request = request(model, 3600, "21:9");

        assertThatCode(() -> check(SubmitOperation.REMIX, request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void noModelMakesAVideoOfNoLength(int duration) {
        BadRequestException refusal = refusalOf(request("sora-3", duration, null));

        assertThat(refusal).hasMessageContaining("above 0").hasMessageContaining(Integer.toString(duration));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n\t"})
    void aPromptIsNeeded(String prompt) {
        BadRequestException refusal = refusalOf(RemixRequest.of("video_1", prompt));

        assertThat(refusal).hasMessageContainingAll("prompt", "CamelSoraPrompt");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n\t"})
    void theIdOfAVideoIsNeeded(String videoId) {
        BadRequestException refusal = refusalOf(RemixRequest.of(videoId, "Add a puppy"));

        assertThat(refusal).hasMessageContainingAll("video_id", "CamelSoraVideoId", "videoId");
    }

    @Test
    void aRejectionSaysThatNothingWasPaid() {
        BadRequestException refusal = refusalOf(request("sora-2", 25, null));

        assertThat(refusal).hasMessageEndingWith("Nothing was sent and nothing was paid.");
    }

    @Test
    void whatWasRejectedHereWasNotSent() {
        BadRequestException refusal = refusalOf(request("sora-2", 25, null));

        assertThat(refusal.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
    }

    @Test
    void aRequestIsBuiltStepByStep() {
        RemixRequest built = PUPPY.withModel("sora-2-pro").withDuration(25).withAspectRatio("1:1");

        assertThat(built).isEqualTo(new RemixRequest("video_1", "Add a puppy", "sora-2-pro", 25, "1:1", Map.of()));
    }

    @Test
    void eachStepLeavesTheRequestBeforeItAlone() {
        PUPPY.withModel("sora-2-pro").withDuration(25).withAspectRatio("1:1");

        assertThat(PUPPY).isEqualTo(RemixRequest.of("video_1", "Add a puppy"));
    }

    @Test
    void furtherFieldsAreCopied() {
        Map<String, Object> more = new HashMap<>(Map.of("size", "720x720"));
        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, more);

        more.put("size", "1x1");

        assertThat(request.more()).containsExactly(Map.entry("size", "720x720"));
    }

    @Test
    void furtherFieldsCannotBeChanged() {
        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, new HashMap<>());

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> request.more().put("n", 4));
    }

    @Test
    void furtherFieldsMayBeNull() {
        Map<String, Object> more = new HashMap<>();
        more.put("style", null);

        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, more);

        assertThat(request.more()).containsEntry("style", null);
    }

    @Test
    void noFurtherFieldsAreAnEmptyMap() {
        RemixRequest request = new RemixRequest("video_1", "Add a puppy", null, null, null, null);

        assertThat(request.more()).isEmpty();
    }

    @Test
    void whatLiesInsideAFurtherFieldIsCopiedToo() {
        Map<String, Object> metadata = new HashMap<>(Map.of("n", 1));
        RemixRequest request = new RemixRequest(
                "video_1", "Add a puppy", null, null, null, Map.of("metadata", metadata, "urls", List.of("a")));

        metadata.put("n", 4);

        assertThat(request.more()).containsEntry("metadata", Map.of("n", 1));
    }

    @ParameterizedTest
    @CsvSource({"sora-2-vvip, 4", "sora-2-vvip, 12", "sora-2-official, 8", "sora-2-official, ", "sora-9, 3600"})
    void aNewVideoOfADocumentedLengthPasses(String model, Integer duration) {
        RemixRequest request = new RemixRequest(null, "A street", model, duration, "16:9", null);

        assertThatCode(() -> check(SubmitOperation.GENERATE, request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"sora-2-vvip, 15", "sora-2-official, 10"})
    void aNewVideoOfAnotherLengthIsAnsweredWithWhatIsAllowed(String model, int duration) {
        RemixRequest request = new RemixRequest(null, "A street", model, duration, null, null);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> check(SubmitOperation.GENERATE, request))
                .withMessageContaining("4 s or 8 s or 12 s");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aNewVideoNeedsAPromptToo(String prompt) {
        RemixRequest request = RemixRequest.of(null, prompt);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> check(SubmitOperation.GENERATE, request))
                .withMessageContaining("prompt");
    }

    private static RemixRequest request(String model, Integer duration, String aspectRatio) {
        return new RemixRequest("video_1", "Add a puppy", model, duration, aspectRatio, null);
    }

    private static BadRequestException refusalOf(RemixRequest request) {
        BadRequestException refusal =
                catchThrowableOfType(BadRequestException.class, () -> check(SubmitOperation.REMIX, request));
        assertThat(refusal).as("refusal of %s", request).isNotNull();
        return refusal;
    }

    private static void check(SubmitOperation operation, RemixRequest request) {
        new RequestCheck(operation, ModelCatalog.shipped()).toWire(request, true);
    }
}
