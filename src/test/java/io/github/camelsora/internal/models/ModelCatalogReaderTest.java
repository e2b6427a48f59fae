package io.github.camelsora.internal.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.internal.models.ModelEntry.State;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A catalogue of the user's lies over that of the jar, field by field; a mistake in it is named. */
class ModelCatalogReaderTest {
    private static final String ENDED =
            "{'models': {'old-1': {'state': 'ended', 'ended': '2026-01-31'," + " 'successors': ['new-1', 'new-2']}}}";

    @Test
    void aModelOfTheUsersIsAddedToTheShippedOnes() {
        ModelCatalog catalog = read("{'models': {'new-1': {'note': 'Ours'}}}");

        assertThat(catalog.models().get("new-1").note()).isEqualTo("Ours");
        assertThat(catalog.models()).containsKeys("sora-2", "seedance-2-5");
    }

    @Test
    void aFieldOfTheUsersReplacesTheShippedOne() {
        ModelCatalog catalog = read(
                "{'models': {'sora-2': {'operations': {'remix': {'allowed': {'duration': [20]}}}, 'state': 'available'}}}");

        assertThat(catalog.models().get("sora-2").state()).isEqualTo(State.available);
        assertThat(violation(catalog, 10, null)).contains("allows the duration 20 s, not 10");
    }

    @Test
    void aFieldThatTheUserDoesNotNameStays() {
        ModelCatalog catalog =
                read("{'models': {'sora-2': {'operations': {'remix': {'allowed': {'duration': [20]}}}}}}");

        assertThat(catalog.models().get("sora-2").state()).isEqualTo(State.uncertain);
        assertThat(violation(catalog, 20, "4:3")).contains("allows the aspect ratio 16:9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'models': {'sora-2': {'operations': {'remix': {'allowed': {'duration': null}}}}}}",
                "{'models': {'sora-2': {'operations': {'remix': {'allowed': null}}}}}",
                "{'models': {'sora-2': {'operations': null}}}",
                "{'models': {'sora-2': null}}",
            })
    void nullRemovesAShippedRule(String json) {
        assertThatCode(() -> read(json).check(remix(3600, null))).doesNotThrowAnyException();
    }

    @Test
    void theEndOfAModelIsSaidWithItsDayAndItsSuccessors() {
        assertThat(read(ENDED).endOf(remixBy("old-1"))).hasValueSatisfying(end -> assertThat(end)
                .startsWith("Model old-1 has ended on 2026-01-31. In its place there is new-1 or new-2."
                        + " Nothing was sent and nothing was paid."));
    }

    @Test
    void theEndOfAModelIsSaidWithoutWhatIsNotKnown() {
        assertThat(read("{'models': {'old-1': {'state': 'ended'}}}").endOf(remixBy("old-1")))
                .hasValueSatisfying(end -> assertThat(end).startsWith("Model old-1 has ended. Nothing was sent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sora-2", "grok-video-1.0", "of-no-catalogue"})
    void aModelThatHasNotEndedHasNoEnd(String model) {
        assertThat(read(ENDED).endOf(remixBy(model))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, 20", "25, 120.5", "30, 24", "31, 20"})
    void pricesAreReadByModelAndLength(int seconds, BigDecimal price) {
        ModelCatalog catalog = read("{'models': {'new-1': {'price': 20.00, 'prices': {'25': 120.5, '30': '0.8/s'}}}}");

        assertThat(catalog.prices().priceOf("new-1", seconds)).contains(price);
    }

    @Test
    void rulesOfOneOperationDoNotBindAnother() {
        ModelCatalog catalog = read("{'models': {'new-1': {'operations': {'extend': {'forbidden': ['duration']}}}}}");

        RemixRequest request =
                RemixRequest.of("video_1", "Go on").withModel("new-1").withDuration(5);

        assertThatCode(() -> catalog.check(SubmitRequest.of(SubmitOperation.REMIX, request)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> catalog.check(SubmitRequest.of(SubmitOperation.EXTEND, request)))
                .withMessageContaining("Model new-1 has no duration here: leave it out (it was 5)");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void aRequiredFieldMustHaveAValue(String size) {
        ModelCatalog catalog = read("{'models': {'new-1': {'operations': {'remix': {'required': ['size']}}}}}");
        Map<String, Object> more = new HashMap<>();
        more.put("size", size);
        RemixRequest request = new RemixRequest("video_1", "Add a puppy", "new-1", null, null, more);

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> catalog.check(SubmitRequest.of(SubmitOperation.REMIX, request)))
                .withMessageContaining("Model new-1 needs the field size");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"models\": {\"m\": {\"colour\": 1}}} | models → m → colour: there is no field of this name, only [ended, note",
                "{\"models\": {\"m\": {\"page\": 5}}} | models → m → page",
                "{\"models\": {\"m\": {\"note\": true}}} | models → m → note",
                "{\"models\": {\"m\": {\"state\": \"gone\"}}} | models → m → state",
                "{\"models\": {\"m\": {\"state\": 1}}} | models → m → state",
                "{\"models\": {\"m\": {\"successors\": \"n\"}}} | models → m → successors",
                "{\"models\": {\"m\": {\"successors\": [\"n\", 5]}}} | models → m → successors → item 2",
                "{\"models\": {\"m\": {\"successors\": [null]}}} | successors",
                "{\"models\": {\"m\": {\"state\": \"ended\", \"ended\": \"soon\"}}} | models → m: ended is a day such as",
                "{\"models\": {\"m\": {\"ended\": \"2026-01-31\"}}} | models → m: ended needs \"state\": \"ended\"",
                "{\"models\": {\"m\": {\"operations\": {\"mix\": {}}}}} | models → m: operations has remix, extend, generate, not 'mix'",
                "{\"models\": {\"m\": {\"operations\": {\"remix\": {\"allow\": {}}}}}} | remix → allow: there is no field of this name, only [allowed, forbidden, required, when]",
                "{\"models\": {\"m\": {\"operations\": {\"remix\": {\"allowed\": {\"size\": []}}}}}} | remix: allowed lists the texts or numbers that size may be",
                "{\"models\": {\"m\": {\"operations\": {\"remix\": {\"allowed\": {\"size\": [true]}}}}}} | remix: allowed lists",
                "{\"models\": {\"m\": {\"price\": \"-3\"}}} | models → m → price: '-3' is no price",
                "{\"models\": {\"m\": {\"price\": -3}}} | models → m → price: '-3' is no price",
                "{\"models\": {\"m\": {\"price\": true}}} | models → m → price",
                "{\"models\": {\"m\": {\"prices\": {\"long\": 3}}}} | models → m: prices go by the length in seconds, such as 25, not 'long'",
                "{\"models\": {\"m\": {\"prices\": {\"25\": \"much\"}}}} | models → m → prices → 25: 'much' is no price",
                "{\"models\": {\"m\": {}, \"m\": {}}} | Duplicate field",
                "{\"models\": []} | models",
                "{\"model\": {}} | model: there is no field of this name",
                "{} | it has no field models",
                "[] | it is no JSON object",
                "models: | Unrecognized token",
            })
    void aMistakeIsNamedWithItsFileAndPlace(String json, String place) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> readExactly(json))
                .withMessageContainingAll("modelCatalog file:models.json cannot be used: ", place);
    }

    private static String violation(ModelCatalog catalog, Integer duration, String aspectRatio) {
        try {
            catalog.check(remix(duration, aspectRatio));
            return "";
        } catch (BadRequestException e) {
            return e.getMessage();
        }
    }

    private static SubmitRequest remix(Integer duration, String aspectRatio) {
        return SubmitRequest.of(
                SubmitOperation.REMIX,
                new RemixRequest("video_1", "Add a puppy", "sora-2", duration, aspectRatio, null));
    }

    private static SubmitRequest remixBy(String model) {
        return SubmitRequest.of(
                SubmitOperation.REMIX, RemixRequest.of("video_1", "Add a puppy").withModel(model));
    }

    private static ModelCatalog read(String json) {
        return readExactly(json.replace('\'', '"'));
    }

    private static ModelCatalog readExactly(String json) {
        return ModelCatalogReader.shippedUnder(
                "file:models.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
