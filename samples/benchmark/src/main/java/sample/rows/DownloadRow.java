package sample.rows;

import io.github.camelsora.api.VideoTask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import sample.Effort;
import sample.Figure;
import sample.Row;
import sample.service.Service;
import sample.service.ServiceOptions;

/** How fast a long video is stored, in turns with curl and the same file from the same server; and what heap that takes. */
public final class DownloadRow implements Row {
    private static final double LEAST_TIMES = 0.9;
    private static final double MOST_HEAP_GROWTH_MB = 4;

    private final Numbers ours = new Numbers();
    private final Numbers curls = new Numbers();
    private final Numbers ratios = new Numbers();

    @Override
    public String name() {
        return "download";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        int megabytes = effort.of(512, 16);
        Path folder = Files.createTempDirectory(Path.of("target"), "videos-");
        try (Service service = Service.start(ServiceOptions.tasksThatRunOn().videosOf(megabytes));
                CamelContext camel = Contexts.speakingTo(service)) {
            camel.start();
            VideoTask task = camel.createFluentProducerTemplate()
                    .to("sora:status?taskId=" + service.source())
                    .request(VideoTask.class);
            for (int round = -1; round < effort.of(7, 1); round++) {
                double our = megabytes / seconds(() -> download(camel, task, folder, megabytes));
                double curl = megabytes / seconds(() -> curl(task, folder, megabytes));
                // The first round is for warming up.
                if (round >= 0) {
                    ours.add(our);
                    curls.add(curl);
                    ratios.add(our / curl);
                }
            }
            String what = Figure.text("a video of %d MB: ", megabytes);
            return List.of(
                    Figure.atLeast(
                                    what + "speed of the download against curl's",
                                    LEAST_TIMES,
                                    ratios.median(),
                                    "%.2f times")
                            .with(Figure.text("%.0f MB/s against %.0f MB/s", ours.median(), curls.median())),
                    Figure.atMost(
                            what + "growth of the live heap while it is downloaded",
                            MOST_HEAP_GROWTH_MB,
                            heapGrowth(camel, task, folder, megabytes),
                            "%.1f MB"));
        }
    }

    /** Not in the same run as the speed: each look at the heap is a collection. */
    private static double heapGrowth(CamelContext camel, VideoTask task, Path folder, int megabytes) throws Exception {
        long before = LiveHeap.bytes();
        long most = before;
        CompletableFuture<Void> download = CompletableFuture.runAsync(() -> download(camel, task, folder, megabytes));
        while (!download.isDone()) {
            most = Math.max(most, LiveHeap.bytesNow());
        }
        download.get();
        return (most - before) / 1024.0 / 1024.0;
    }

    private static double seconds(Runnable action) {
        long begin = System.nanoTime();
        action.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void download(CamelContext camel, VideoTask task, Path folder, int megabytes) {
        File file = camel.createFluentProducerTemplate()
                .to("sora:download?directory=" + folder.toAbsolutePath())
                .withBody(task)
                .request(File.class);
        checkAndDelete(file.toPath(), megabytes);
    }

    private static void curl(VideoTask task, Path folder, int megabytes) {
        Path file = folder.resolve("curl.mp4");
        try {
            Process curl = new ProcessBuilder(
                            "curl", "--silent", "--fail", "--output", file.toString(), task.videoUrl())
                    .inheritIO()
                    .start();
            if (!curl.waitFor(1, TimeUnit.MINUTES) || curl.exitValue() != 0) {
                throw new IllegalStateException("curl has failed");
            }
        } catch (IOException e) {
            throw new IllegalStateException("curl is not there", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        checkAndDelete(file, megabytes);
    }

    private static void checkAndDelete(Path file, int megabytes) {
        try {
            if (Files.size(file) != (long) megabytes << 20) {
                throw new IllegalStateException(file + " has " + Files.size(file) + " bytes");
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
