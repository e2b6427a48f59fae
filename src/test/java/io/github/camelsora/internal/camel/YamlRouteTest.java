package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation and every kind of failure, in YAML. */
class YamlRouteTest extends SoraTestSupport {
    @TempDir
    Path videos;

    private String source;

    @BeforeEach
    void fillPlaceholders() {
        source = toApis.addSource();
        Properties values = new Properties();
        values.put("video", source);
        values.put("videos", videos.toString());
        values.put("patience", "15s");
        camel.getPropertiesComponent().setInitialProperties(values);
    }

    @Test
    void remixSubmitsWhatTheRouteSaysAndWaits() throws Exception {
        load("every-operation.yaml");

        Exchange out = send("direct:remix", "A puppy", "order", 4711);

        assertThat(out.getProperty("seen")).isEqualTo("COMPLETED COMPLETED");
        assertThat(submit().path()).isEqualTo("/v1/videos/" + source + "/remix");
        assertThat(submitted().toString().replaceAll("~[0-9a-z]{10}", "~..."))
                .isEqualTo("{\"model\":\"sora-2-pro\",\"prompt\":\"A puppy\",\"duration\":15,\"aspect_ratio\":\"9:16\","
                        + "\"client_business_id\":\"order-4711~...\"}");
    }

    @Test
    void remixContinuesAtOnceWithoutWaitForCompletion() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        load("every-operation.yaml");

        Exchange out = send("direct:forget", "A puppy");

        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void statusQueriesOnce() throws Exception {
        load("every-operation.yaml");

        Exchange out = send("direct:status", null);

        assertThat(out.getMessage().getBody(VideoTask.class).id()).isEqualTo(source);
        assertThat(toApis.books().polls(source)).isEqualTo(1);
    }

    @Test
    void awaitWaits() throws Exception {
        load("every-operation.yaml");

        Exchange out = send("direct:await", null);

        assertThat(out.getMessage().getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void downloadStoresTheVideo() throws Exception {
        load("every-operation.yaml");

        Exchange out = send("direct:download", "A puppy", "order", 4711);

        assertThat(out.getMessage().getBody(File.class))
                .isEqualTo(videos.resolve("4711/cut.mp4").toFile())
                .isNotEmpty();
    }

    @Test
    void aTaskThatFailedIsCaughtByName() throws Exception {
        load("every-failure.yaml");

        Exchange out = send("direct:in", "A puppy [fail]");

        assertThat(out.getMessage().getBody())
                .isEqualTo(
                        "failed: generation_failed of " + toApis.tasks().get(1).id());
    }

    @Test
    void aTimeoutIsCaughtByName() throws Exception {
        camel.getPropertiesComponent().addOverrideProperty("patience", "200");
        toApis.taskDuration(Duration.ofHours(1));
        load("every-failure.yaml");

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody())
                .isEqualTo("timed out: " + toApis.tasks().get(1).id());
    }

    @Test
    void aRejectedPromptIsCaughtByName() throws Exception {
        load("every-failure.yaml");

        Exchange out = send("direct:in", "A puppy [refuse]");

        assertThat(out.getMessage().getBody()).isEqualTo("refused: REJECTED true");
    }

    @Test
    void whatIsLeftIsCaughtByTheBaseOfAll() throws Exception {
        toApis.on(Call.SUBMIT).refuse(ApiError.INTERNAL_ERROR);
        load("every-failure.yaml");

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody()).isEqualTo("else: UNKNOWN");
    }

    private void load(String file) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "classpath:io/github/camelsora/" + file));
        start();
    }
}
