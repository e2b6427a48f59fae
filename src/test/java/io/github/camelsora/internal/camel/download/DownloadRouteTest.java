package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A video becomes a whole file, or an exception that says what is to be done. */
class DownloadRouteTest extends SoraTestSupport {
    private static final byte[] VIDEO = VideoFiles.mp4(100_000, 1);

    @TempDir
    Path videos;

    private String download;

    @BeforeEach
    void startWithAVideo() throws Exception {
        toApis.video(VIDEO);
        download = "sora:download?directory=" + videos;
        start();
    }

    @Test
    void theBodyIsTheFile() {
        Exchange out = send(download + "&taskId=" + toApis.addSource(), null);

        assertThat(out.getMessage().getBody()).isInstanceOf(File.class);
        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO).hasParent(videos.toFile());
    }

    @Test
    void theHeadersTellOfTheFile() {
        Exchange out = send(download + "&taskId=" + toApis.addSource(), null);

        File file = out.getMessage().getBody(File.class);
        assertThat(out.getMessage().getHeader("CamelFileName")).isEqualTo(file.getName());
        assertThat(out.getMessage().getHeader("CamelFileNameProduced")).isEqualTo(file.getAbsolutePath());
        assertThat(out.getMessage().getHeader("CamelFileLength")).isEqualTo((long) VIDEO.length);
        assertThat(out.getMessage().getHeader("Content-Type")).isEqualTo("video/mp4");
    }

    @Test
    void theHeadersTellOfTheTaskToo() {
        String id = toApis.addSource();

        Exchange out = send(download + "&taskId=" + id, null, "CamelSoraErrorCode", "stale");

        assertThat(out.getMessage().getHeaders())
                .containsEntry("CamelSoraTaskId", id)
                .containsEntry("CamelSoraStatus", "COMPLETED")
                .doesNotContainKey("CamelSoraErrorCode");
    }

    @Test
    void straightAfterARemixItNeedsOnlyTheDirectory() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("sora:remix?videoId=" + toApis.addSource()).to(download);
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
    }

    @Test
    void aTaskThatStillRunsIsAwaitedFirst() throws Exception {
        toApis.taskDuration(Duration.ofMillis(300));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource())
                        .to(download);
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aTaskThatRunsTooLongIsATimeout() {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();

        SoraException timedOut = failureOf(download + "&completionTimeout=200&taskId=" + id);

        assertThat(timedOut).isExactlyInstanceOf(WaitTimedOutException.class);
        assertThat(timedOut.getTaskId()).isEqualTo(id);
    }

    @Test
    void aTaskThatFailedHasNoVideo() {
        toApis.taskDuration(Duration.ofHours(1));
        String id = toApis.addTask();
        toApis.fail(id, "generation_failed", "No luck");

        assertThat(failureOf(download + "&taskId=" + id))
                .isExactlyInstanceOf(TaskFailedException.class)
                .hasMessageContaining("No luck");
    }

    @Test
    void aTaskThatFailsWhileItIsAwaitedHasNoVideo() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("sora:remix?waitForCompletion=false&videoId=" + toApis.addSource())
                        .to(download);
            }
        });

        assertThat(send("direct:in", "A puppy [fail]").getException()).isExactlyInstanceOf(TaskFailedException.class);
    }

    @Test
    void aTaskThatDoesNotExistHasNoVideo() {
        assertThat(failureOf(download + "&taskId=video_none")).isExactlyInstanceOf(TaskNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void aVideoWhoseTimeIsOverHasExpired(int status) {
        toApis.expiredFileStatus(status);
        String id = toApis.addSource();
        toApis.expire(id);

        SoraException expired = failureOf(download + "&taskId=" + id);

        assertThat(expired).isExactlyInstanceOf(ResultExpiredException.class);
        assertThat(expired.getTaskId()).isEqualTo(id);
        assertThat(expired.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
    }

    @Test
    void aTaskThatTheServiceCallsExpiredHasExpired() {
        toApis.expiredWord("expired");
        String id = toApis.addSource();
        toApis.expire(id);

        assertThat(failureOf(download + "&taskId=" + id)).isExactlyInstanceOf(ResultExpiredException.class);
    }

    static Stream<Consumer<DownloadRouteTest>> brokenDownloads() {
        return Stream.of(
                test -> test.toApis.on(Call.FILE).answer(500, "Sorry", "Content-Type: text/plain"),
                test -> test.toApis.on(Call.FILE).cut(),
                test -> test.toApis.on(Call.FILE).cutBody(),
                test -> test.toApis.on(Call.FILE).wrongLength(10),
                test -> test.toApis.on(Call.FILE).answer(200, "", "Content-Type: video/mp4"),
                test -> test.toApis.on(Call.FILE).delay(Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @MethodSource("brokenDownloads")
    void aVideoThatDoesNotArriveWholeIsAFailureAndLeavesNoFile(Consumer<DownloadRouteTest> fault) {
        fault.accept(this);
        String id = toApis.addSource();

        SoraException failed = failureOf(download + "&responseTimeout=500&downloadTimeout=500&taskId=" + id);

        assertThat(failed).isExactlyInstanceOf(DownloadFailedException.class);
        assertThat(failed.getTaskId()).isEqualTo(id);
        assertThat(failed.isSafeToResend()).isFalse();
        assertThat(videos.toFile().list((folder, name) -> !name.startsWith(".")))
                .isEmpty();
    }

    @Test
    void aVideoOfUnknownLengthIsStoredWhole() {
        toApis.on(Call.FILE).withoutLength();

        Exchange out = send(download + "&taskId=" + toApis.addSource(), null);

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
    }

    @Test
    void aFailedDownloadCanBeRepeatedWithoutPayingAgain() throws Exception {
        toApis.on(Call.FILE).times(2).cutBody();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DownloadFailedException.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(10);
                from("direct:in").to("sora:remix?videoId=" + toApis.addSource()).to(download);
            }
        });

        Exchange out = send("direct:in", "A puppy");

        assertThat(out.getMessage().getBody(File.class)).hasBinaryContent(VIDEO);
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsAFailureThatNamesIt() throws Exception {
        Path file = Files.createFile(videos.resolve("occupied"));

        SoraException failed = failureOf("sora:download?directory=" + file + "&taskId=" + toApis.addSource());

        assertThat(failed).isExactlyInstanceOf(DownloadFailedException.class).hasMessageContaining("occupied");
    }

    private SoraException failureOf(String uri) {
        Exception failure = send(uri, null).getException();
        assertThat(failure).isInstanceOf(SoraException.class);
        return (SoraException) failure;
    }
}
