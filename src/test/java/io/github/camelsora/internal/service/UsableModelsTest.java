package io.github.camelsora.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.ModelInfo;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.WarningCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsableModelsTest {
    private final ManualTime time = new ManualTime();
    private final WarningCapture warnings = WarningCapture.of(UsableModels.class);
    private final UsableModels models = new UsableModels("studio");
    private List<String> list = new ArrayList<>(List.of("veo-3", "grok-video-1.0"));
    private int queries;
    private String key = "key-1";

    @AfterEach
    void close() {
        warnings.close();
    }

    private UsableModels.Query query() {
        return new UsableModels.Query(key, this::answer, time, time);
    }

    private List<ModelInfo> answer() {
        queries++;
        if (list == null) {
            throw new ServiceUnavailableException("The service is down", About.NOTHING_SENT, null);
        }
        return list.stream()
                .map(id -> new ModelInfo(id, null, null, null, null))
                .toList();
    }

    private void pass(Duration duration) {
        time.advance(duration);
    }

    @Test
    void oneWarningNamesTheModelsOfAllEndpointsThatStartedBeforeTheAnswer() {
        Stream.of("sora-2", "veo-3", "old-1", "sora-2").forEach(model -> models.warn(model, false, query()));

        time.runQueued();

        assertThat(queries).isEqualTo(1);
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("Account 'studio'", "sora-2 and old-1", "may use grok-video-1.0, veo-3");
    }

    @Test
    void aModelWhoseSubmitsAreRefusedHereIsNamedInAWarningOfItsOwn() {
        models.warn("sora-2", false, query());
        models.warn("old-1", true, query());

        time.runQueued();

        assertThat(warnings.lines()).hasSize(2);
        assertThat(warnings.lines())
                .anySatisfy(line -> assertThat(line).contains("model sora-2", "may be rejected"))
                .anySatisfy(line -> assertThat(line)
                        .contains("model old-1", "are refused here before they are sent (modelCheck=refuse)")
                        .doesNotContain("may be rejected"));
    }

    @Test
    void theCallerDoesNotWaitForTheAnswer() {
        models.warn("sora-2", false, query());

        assertThat(queries).isZero();
        assertThat(models.refusal("sora-2", query())).isEmpty();
        assertThat(time.queuedActions()).isEqualTo(1);
    }

    @Test
    void aModelIsWarnedOfOnceOnly() {
        models.warn("sora-2", false, query());
        time.runQueued();

        models.warn("sora-2", false, query());
        models.warn("old-1", false, query());
        models.warn("old-1", false, query());
        models.warn("veo-3", false, query());

        assertThat(warnings.lines()).hasSize(2);
        assertThat(warnings.lines().get(1)).contains("model old-1,");
    }

    @Test
    void aListThatIsKnownIsNotQueriedAgainForAWarning() {
        models.prepare(query());
        time.runQueued();

        pass(Duration.ofHours(1));
        models.prepare(query());
        models.warn("sora-2", false, query());
        time.runQueued();

        assertThat(queries).isEqualTo(1);
    }

    @Test
    void withoutAnAnswerNothingChangesAndTheListIsQueriedAgainAfterFiveMinutes() {
        list = null;
        models.warn("sora-2", false, query());
        time.runQueued();

        pass(UsableModels.QUERY_PAUSE.minusMillis(1));
        models.warn("sora-2", false, query());
        assertThat(models.refusal("sora-2", query())).isEmpty();
        time.runQueued();
        assertThat(queries).isEqualTo(1);
        assertThat(warnings.lines()).isEmpty();

        list = List.of("veo-3");
        pass(Duration.ofMillis(1));
        models.warn("sora-2", false, query());
        time.runQueued();
        assertThat(queries).isEqualTo(2);
        assertThat(warnings.lines()).hasSize(1);
    }

    @Test
    void anEmptyListChangesNothing() {
        list = List.of();
        models.warn("sora-2", false, query());

        time.runQueued();

        assertThat(warnings.lines()).isEmpty();
        assertThat(models.refusal("sora-2", query())).isEmpty();
    }

    @Test
    void aRefusalNamesWhatMayBeUsed() {
        models.prepare(query());
        time.runQueued();

        assertThat(models.refusal("veo-3", query())).isEmpty();
        assertThat(models.refusal("sora-2", query())).hasValueSatisfying(reason -> assertThat(reason)
                .contains("Account 'studio'", "model sora-2", "It may use grok-video-1.0, veo-3"));
    }

    @Test
    void aRefusalQueriesTheListAgainAfterFiveMinutesSoThatANewModelIsFound() {
        models.prepare(query());
        time.runQueued();
        list.add("sora-2");

        assertThat(models.refusal("sora-2", query())).isPresent();
        time.runQueued();
        assertThat(queries).isEqualTo(1);

        pass(UsableModels.QUERY_PAUSE);
        assertThat(models.refusal("sora-2", query())).isPresent();
        time.runQueued();
        assertThat(queries).isEqualTo(2);
        assertThat(models.refusal("sora-2", query())).isEmpty();
    }

    @Test
    void theListOfAnEarlierKeyDoesNotCount() {
        models.prepare(query());
        time.runQueued();
        key = "key-2";
        list = List.of("sora-2");

        assertThat(models.refusal("sora-2", query())).isEmpty();
        pass(UsableModels.QUERY_PAUSE);
        models.warn("veo-3", false, query());
        time.runQueued();

        assertThat(queries).isEqualTo(2);
        assertThat(models.refusal("sora-2", query())).isEmpty();
        assertThat(models.refusal("veo-3", query())).isPresent();
        assertThat(warnings.lines()).singleElement().asString().contains("veo-3");
    }

    @Test
    void theNumberOfWarningsIsLimited() {
        models.prepare(query());
        time.runQueued();

        IntStream.range(0, 2 * UsableModels.MOST_WARNED).forEach(i -> models.warn("model-" + i, false, query()));

        assertThat(warnings.lines()).hasSize(UsableModels.MOST_WARNED);
    }

    @Test
    void aLongListIsShortened() {
        list = IntStream.range(100, 150).mapToObj(i -> "model-" + i).toList();
        models.warn("sora-2", false, query());

        time.runQueued();

        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("model-129 and 20 more")
                .doesNotContain("model-130");
    }
}
