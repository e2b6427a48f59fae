package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.VideoTask;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Runs the routes in {@code routes/} as they are, each way that they can go. */
class ShippedRoutesTest extends DocsTestSupport {

    @Test
    void aRemixIsDownloadedAndLogged() throws Exception {
        start("remix-and-download");

        Exchange out = remix("remix-and-download", "Add a puppy");

        File video = out.getMessage().getBody(File.class);
        assertThat(out.getException()).isNull();
        assertThat(video).hasParent(folder.toFile()).isNotEmpty();
        assertThat(logged)
                .containsExactly("Task " + out.getMessage().getHeader("CamelSoraTaskId") + " is " + video + ", "
                        + video.length() + " bytes");
    }

    @Test
    void aRefusedPromptIsLoggedAndNotPaid() throws Exception {
        start("remix-and-download");

        Exchange out = remix("remix-and-download", "[refuse] this");

        assertThat(out.getException()).isInstanceOf(ContentRefusedException.class);
        assertThat(logged).singleElement().asString().startsWith("Refused, change the prompt or the source: ");
        assertThat(toApis.books().charged()).isZero();
    }

    @Test
    void anEmptyPromptIsLoggedAndNotSent() throws Exception {
        start("remix-and-download");

        Exchange out = remix("remix-and-download", " ");

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(logged).singleElement().asString().startsWith("Refused, change the prompt or the source: ");
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void missingCreditsAreLoggedAndNothingIsPaid() throws Exception {
        toApis.credits(0);
        start("remix-and-download");

        Exchange out = remix("remix-and-download", "Add a puppy");

        assertThat(out.getException()).isInstanceOf(InsufficientCreditsException.class);
        assertThat(logged).singleElement().asString().startsWith("No credits left: ");
        assertThat(toApis.books().charged()).isZero();
    }

    @Test
    void aWaitThatTimesOutContinuesWithTheSameTaskAndDownloadsIt() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        options.setCompletionTimeout(100);
        start("remix-and-download");

        CompletableFuture<Exchange> out = remixAsync("remix-and-download", "Add a puppy");
        await().atMost(Duration.ofSeconds(20)).until(() -> logged.size() == 1);
        String task = newestTask();
        toApis.complete(task);

        assertThat(out.join().getException()).isNull();
        assertThat(out.join().getMessage().getBody(File.class)).hasName(task + ".mp4");
        assertThat(logged).first().isEqualTo("Task " + task + " is still running, waiting on");
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void theLoopEndsWithACompletedTask() throws Exception {
        toApis.taskDuration(Duration.ofMillis(300));
        start("poll-yourself");

        Exchange out = remix("poll-yourself", "Add a puppy");

        VideoTask task = out.getMessage().getBody(VideoTask.class);
        assertThat(out.getException()).isNull();
        assertThat(task.videoUrl()).isNotNull();
        assertThat(logged)
                .contains("Task " + task.id() + " is COMPLETED, 100 %")
                .last()
                .asString()
                .startsWith("Task " + task.id() + " can be downloaded until ");
    }

    @Test
    void theLoopEndsWithAFailedTask() throws Exception {
        toApis.taskDuration(Duration.ofMillis(300));
        start("poll-yourself");

        Exchange out = remix("poll-yourself", "[fail] this");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader("CamelSoraStatus")).isEqualTo("FAILED");
        assertThat(logged).last().asString().matches("Task .* has no video: .+");
    }

    private void start(String route) throws Exception {
        camel.getPropertiesComponent().addInitialProperty("sora.directory", folder.toString());
        camel.getPropertiesComponent().addInitialProperty("sora.pause", "20");
        Snippets.load(camel, Path.of("routes", route + ".yaml"));
        camel.start();
    }

    private Exchange remix(String route, String prompt) {
        return remixAsync(route, prompt).join();
    }

    private CompletableFuture<Exchange> remixAsync(String route, String prompt) {
        return sendAsync("direct:" + route, prompt, Map.of("CamelSoraVideoId", toApis.addSource()));
    }

    private String newestTask() {
        return toApis.tasks().get(toApis.tasks().size() - 1).id();
    }
}
