package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.internal.models.ModelCatalog;
import io.github.camelsora.internal.toapis.SubmitOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation needs whatever its model is. */
class RequestCheckTest {
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

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aNewVideoNeedsAPromptToo(String prompt) {
        RemixRequest request = RemixRequest.of(null, prompt);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> check(SubmitOperation.GENERATE, request))
                .withMessageContaining("prompt");
    }

    @ParameterizedTest
    @EnumSource(SubmitOperation.class)
    void aMissingPromptIsAnsweredWithTheNameOfTheOperation(SubmitOperation operation) {
        RemixRequest request = new RemixRequest("video_1", null, "some-model", null, null, null);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> check(operation, request, true))
                .withMessageContainingAll("sora:" + operation.word(), "CamelSoraPrompt", "nothing was paid");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void anExtensionHasNoDefaultModel(String model) {
        RemixRequest request = RemixRequest.of("video_1", "Go on").withModel(model);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> check(SubmitOperation.EXTEND, request, false))
                .withMessageContainingAll("sora:extend has no default model", "CamelSoraModel");
    }

    @Test
    void theIdOfAVideoIsNeededEvenUnchecked() {
        RemixRequest request = RemixRequest.of(null, "Add a puppy");

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> check(SubmitOperation.REMIX, request, false))
                .withMessageContaining("CamelSoraVideoId");
    }

    @Test
    void anUncheckedRequestMayBreakTheLimitsOfItsModel() {
        RemixRequest request = new RemixRequest("video_1", "", "sora-2", 25, null, null);

        assertThatCode(() -> check(SubmitOperation.REMIX, request, false)).doesNotThrowAnyException();
    }

    private static BadRequestException refusalOf(RemixRequest request) {
        BadRequestException refusal =
                catchThrowableOfType(BadRequestException.class, () -> check(SubmitOperation.REMIX, request));
        assertThat(refusal).as("refusal of %s", request).isNotNull();
        return refusal;
    }

    private static void check(SubmitOperation operation, RemixRequest request) {
        check(operation, request, true);
    }

    private static void check(SubmitOperation operation, RemixRequest request, boolean isChecked) {
        new RequestCheck(operation, ModelCatalog.shipped()).toWire(request, isChecked);
    }
}
