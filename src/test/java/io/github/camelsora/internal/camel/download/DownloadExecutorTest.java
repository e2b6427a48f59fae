package io.github.camelsora.internal.camel.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.Internals;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import io.github.camelsora.internal.time.TimerQueue;
import io.github.camelsora.internal.track.RoutePhase;
import io.github.camelsora.support.SoraTestSupport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No exchange that waits for a download hangs, whatever breaks off on its way. */
class DownloadExecutorTest extends SoraTestSupport {
    private final TimerQueue timers = new TimerQueue(InstantSource.system());
    private final ExecutorService timer = Executors.newSingleThreadExecutor();
    private final DownloadExecutor queue =
            new DownloadExecutor(new NoThreads(), timers, InstantSource.system(), new RoutePhase());
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean isDone = new AtomicBoolean();

    @TempDir
    Path videos;

    @BeforeEach
    void startTimer() throws Exception {
        start();
        timers.start(timer);
    }

    @AfterEach
    void stopTimer() {
        timers.stop();
        timer.shutdownNow();
    }

    @Test
    void aNextTryThatBreaksOffIsRunAgain() {
        DownloadJob download = download();
        failures.set(1);
        queue.submit(download);
        assertThat(queue.waiting()).isEqualTo(1);

        // At its next turn it ends, and that breaks off once.
        download.forbidRetry();

        await().atMost(LIMIT).untilTrue(isDone);
        assertThat(failures).hasNonPositiveValue();
    }

    private DownloadJob download() {
        List<Video> one = List.of(new Video("https://files.toapis.test/a.mp4", "mp4", null));
        VideoTask task = new VideoTask(
                "video_1", null, null, TaskStatus.COMPLETED, 100, null, null, null, null, null, one, null, null, null);
        List<DownloadFile> files = new DownloadSelection(0, false, false).filesOf(task, videos.toString(), "a.mp4");
        return new DownloadJob(
                Internals.of(camel.getEndpoint("sora:download?directory=" + videos, SoraEndpoint.class)),
                "route",
                task,
                files,
                end -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("thrown by a test");
                    }
                    isDone.set(true);
                });
    }

    /** A pool that can make no thread. */
    private static final class NoThreads extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            throw new OutOfMemoryError("unable to create native thread, says the test");
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
