package io.github.camelsora.internal.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.internal.models.ModelEntry.State;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendor documents by model, and nothing beyond it. */
class ShippedModelsTest {
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
    @CsvSource({"generate, 16:9", "generate, adaptive", "edit, adaptive", "extend, adaptive", ", 21:9"})
    void seedanceTakesTheShapesOfItsOperation(String videoOperation, String aspectRatio) {
        SubmitRequest request = seedance(videoOperation, aspectRatio, 30);

        assertThatCode(() -> ModelCatalog.shipped().check(request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "edit, 16:9, 'allows the aspect ratio adaptive, not 16:9'",
        "extend, , needs the field aspect_ratio",
        "mend, adaptive, 'allows the video operation generate or edit or extend, not mend'",
    })
    void seedanceIsRefusedWhereTheServiceWouldAcceptAndFail(String videoOperation, String aspectRatio, String reason) {
        SubmitRequest request = seedance(videoOperation, aspectRatio, 4);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> ModelCatalog.shipped().check(request))
                .withMessageContaining("Model seedance-2-5 " + reason);
    }

    @Test
    void seedanceMayChooseTheLengthByItself() {
        assertThatCode(() -> ModelCatalog.shipped().check(seedance("generate", "1:1", -1)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 0, 3, 31})
    void seedanceTakesNoOtherLength(int duration) {
        SubmitRequest request = seedance("generate", "1:1", duration);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> ModelCatalog.shipped().check(request));
    }

    @Test
    void noModelOfTheVendorIsRefusedAsEnded() {
        assertThat(ModelCatalog.shipped().models())
                .allSatisfy((name, entry) -> assertThat(entry.state()).isNotEqualTo(State.ended));
    }

    @Test
    void whetherSora2IsStillMadeIsUncertain() {
        assertThat(ModelCatalog.shipped().models().entrySet())
                .filteredOn(model -> model.getKey().startsWith("sora-2"))
                .hasSize(5)
                .allSatisfy(model -> assertThat(model.getValue().state()).isEqualTo(State.uncertain));
    }

    @Test
    void noPriceIsShipped() {
        assertThat(ModelCatalog.shipped().prices().prices()).isEmpty();
    }

    @Test
    void everyModelNamesItsPage() {
        assertThat(ModelCatalog.shipped().models())
                .allSatisfy((name, entry) -> assertThat(entry.page()).startsWith("https://docs.toapis.com"));
    }

    private static SubmitRequest seedance(String videoOperation, String aspectRatio, int duration) {
        Map<String, Object> more = videoOperation == null ? null : Map.of("video_operation", videoOperation);
        return SubmitRequest.of(
                SubmitOperation.GENERATE,
                new RemixRequest(null, "A street", "seedance-2-5", duration, aspectRatio, more));
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
        ModelCatalog.shipped().check(SubmitRequest.of(operation, request));
    }
}
