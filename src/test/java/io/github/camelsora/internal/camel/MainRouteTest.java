package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Options as operators write them: {@code camel.component.sora.*}. */
class MainRouteTest {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    @TempDir
    Path videos;

    private final Main main = new Main();
    private ToApisSimulator toApis;

    @BeforeEach
    void prepare(ToApisSimulator simulator) {
        toApis = simulator.taskDuration(Duration.ofMillis(50));
        toApis.camelProperties().forEach(main::addInitialProperty);
        set("poll-interval", "20ms");
        set("rate-group", "none");
        set("completion-timeout", "15s");
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aRemixIsMadeAndDownloadedByOptionsOfTheComponentAlone() {
        set("video-id", toApis.addSource());
        set("model", "sora-2-pro");
        set("duration", "15s");
        set("aspect-ratio", "9:16");
        set("request-key", "order-${header.order}");
        set("directory", videos.toString());
        set("file-name", "${header.order}.mp4");
        start("sora:remix", "sora:download");

        Exchange out = send("order", 4711);

        assertThat(out.getMessage().getBody(File.class))
                .isEqualTo(videos.resolve("4711.mp4").toFile())
                .isNotEmpty();
        assertThat(toApis.requests(Call.SUBMIT).get(0).json().toString().replaceAll("~[0-9a-z]{10}", "~..."))
                .isEqualTo("{\"model\":\"sora-2-pro\",\"prompt\":\"A puppy\",\"duration\":15,\"aspect_ratio\":\"9:16\","
                        + "\"client_business_id\":\"order-4711~...\"}");
    }

    @Test
    void aTaskIsAwaitedAndQueriedByOptionsOfTheComponentAlone() {
        set("task-id", toApis.addTask());
        start("sora:await", "sora:status");

        VideoTask task = send("order", 4711).getMessage().getBody(VideoTask.class);

        assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aWaitIsAsLongAsTheOptionSays() {
        set("video-id", toApis.addSource());
        set("completion-timeout", "200ms");
        toApis.taskDuration(Duration.ofHours(1));
        start("sora:remix");

        assertThat(send("order", 4711).getException()).isInstanceOf(WaitTimedOutException.class);
    }

    @Test
    void anOptionOfTheEndpointComesBeforeThatOfTheComponent() {
        set("video-id", "video_none");
        set("wait-for-completion", "true");
        toApis.taskDuration(Duration.ofHours(1));
        start("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource());

        VideoTask task = send("order", 4711).getMessage().getBody(VideoTask.class);

        assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void optionsOfTheComponentCanBeCamelCaseAndPlaceholdersToo() {
        main.addInitialProperty("my.video", toApis.addSource());
        set("videoId", "{{my.video}}");
        set("submitTimeout", "1m");
        set("trackingTimeout", "2h");
        start("sora:remix");

        assertThat(send("order", 4711).getException()).isNull();
        SoraComponent sora = main.getCamelContext().getComponent("sora", SoraComponent.class);
        assertThat(sora.getConfiguration().getSubmitTimeout()).isEqualTo(60_000);
        assertThat(sora.getConfiguration().getTrackingTimeout()).isEqualTo(7_200_000);
    }

    @Test
    void theKeyIsNeverShownWhereMainShowsItsConfiguration() {
        set("video-id", toApis.addSource());
        start("sora:remix");

        send("order", 4711);

        assertThat(main.getCamelContext().getComponent("sora")).asString().doesNotContain(toApis.apiKey());
        assertThat(main.getCamelContext().getEndpoints())
                .allSatisfy(endpoint -> assertThat(endpoint.toString()).doesNotContain(toApis.apiKey()));
    }

    private void set(String option, String value) {
        main.addInitialProperty("camel.component.sora." + option, value);
    }

    private void start(String... steps) {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(steps);
            }
        });
        main.start();
    }

    private Exchange send(String header, Object value) {
        return main.getCamelContext()
                .createFluentProducerTemplate()
                .to("direct:in")
                .withBody("A puppy")
                .withHeader(header, value)
                .send();
    }
}
