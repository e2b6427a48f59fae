package io.github.camelsora.internal.camel.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.LookUp;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sora:generate} makes something to remix, by the same rules as a remix. */
class GenerateKeyTest extends KeyTestSupport {
    static Stream<Object> requests() {
        return Stream.of(
                "A puppy", "{\"prompt\": \"A puppy\"}", Map.of("prompt", "A puppy"), RemixRequest.of(null, "A puppy"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aNewVideoIsSubmittedInEachFormOfARequest(Object request) throws Exception {
        start();

        Exchange out = send("sora:generate", request);

        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(submitted().path("prompt").textValue()).isEqualTo("A puppy");
    }

    @Test
    void aNewVideoIsSubmittedToItsOwnAddress() throws Exception {
        start();

        send("sora:generate", "A puppy");

        assertThat(toApis.requests(Call.SUBMIT_GENERATION))
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/v1/videos/generations"));
    }

    @Test
    void fieldsThatOnlyANewVideoKnowsTravelAlong() throws Exception {
        start();

        send(
                "sora:generate",
                Map.of("prompt", "A puppy", "image_urls", List.of("https://example.org/a.png"), "thumbnail", true));

        assertThat(submitted().path("image_urls").path(0).textValue()).isEqualTo("https://example.org/a.png");
        assertThat(submitted().path("thumbnail").booleanValue()).isTrue();
    }

    @Test
    void aGeneratedVideoIsRemixed() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:generate").process(keepVideo).to("sora:remix?prompt=Add a kitten");
            }
        });

        Exchange out = send("direct:in", "A puppy");

        VideoTask remixed = out.getMessage().getBody(VideoTask.class);
        assertThat(toApis.task(remixed.id()).sourceId())
                .isEqualTo(videos.element().id());
        assertPaid(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sora-2-vvip", "sora-2-official"})
    void aLengthThatAKnownModelDoesNotMakeIsRejectedUnsent(String model) throws Exception {
        start();

        Exchange out = send("sora:generate?model=" + model + "&duration=5", "A puppy");

        assertThat(out.getException())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContainingAll(model, "4 s or 8 s or 12 s");
        assertPaid(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12})
    void aLengthThatAKnownModelMakesIsSent(int seconds) throws Exception {
        start();

        send("sora:generate?model=sora-2-vvip&duration=" + seconds, "A puppy");

        assertThat(submitted().path("duration").intValue()).isEqualTo(seconds);
    }

    @Test
    void theLengthOfAModelThatIsNotKnownIsNotChecked() throws Exception {
        start();

        Exchange out = send("sora:generate?model=sora-9&duration=7", "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(submitted().path("duration").intValue()).isEqualTo(7);
    }

    @Test
    void aNewVideoWithoutAPromptIsRejectedUnsent() throws Exception {
        start();

        Exchange out = send("sora:generate", null);

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("prompt");
        assertPaid(0);
    }

    @Test
    void aLostAnswerIsNotPaidAgainEither() throws Exception {
        toApis.lookup(LookUp.OFF).on(Call.SUBMIT).times(1).afterProcessing().cut();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1));
                from("direct:in").to("sora:generate");
            }
        });

        Exchange out = send("direct:in", "A puppy");

        failureOf(out, SubmissionUnknownException.class);
        assertPaid(1);
    }

    @Test
    void aLostAnswerIsFoundByItsKey() throws Exception {
        toApis.on(Call.SUBMIT).times(1).afterProcessing().cut();
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        Exchange out = send("sora:generate", "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void aRedeliveryGetsTheSameVideo() throws Exception {
        redeliverTimedOutWaits();
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:generate").process(keepVideo);
            }
        });

        send("direct:in", "A puppy");

        assertThat(promptsOfVideos()).containsExactly("A puppy");
        assertPaid(1);
    }
}
