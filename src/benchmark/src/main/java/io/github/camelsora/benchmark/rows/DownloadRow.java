package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import io.github.camelsora.internal.toapis.TaskJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * How fast a long video is stored, in turns with curl and the same file from the same server; and what heap that takes. Once
 * over a network that gives 125 MB a second, and once over none, where curl is as fast as memory. Ours also has the file on the
 * disk and knows its SHA-256 when it is done, so what that costs by the usual commands is shown too.
 */
public final class DownloadRow implements Row {
    private static final double LEAST_TIMES = 0.97;
    private static final double MOST_HEAP_GROWTH_MB = 4;
    private static final String CURL = "curl --silent --fail --output \"$1\" \"$2\"";
    private static final String CURL_AND_MORE = CURL + " && sync \"$1\" && sha256sum \"$1\" > /dev/null";

    private final Against curlOverNetwork = new Against();
    private final Against curl = new Against();
    private final Against curlAndMore = new Against();

    /** What a command makes of the same file, and how many times as fast ours is. */
    private record Against(Numbers ours, Numbers theirs, Numbers ratios) {
        Against() {
            this(new Numbers(), new Numbers(), new Numbers());
        }

        void add(double our, double their) {
            ours.add(our);
            theirs.add(their);
            ratios.add(our / their);
        }

        double times() {
            return ratios.median();
        }

        @Override
        public String toString() {
            return Figure.text("%.0f MB/s against %.0f MB/s", ours.median(), theirs.median());
        }
    }

    @Override
    public String name() {
        return "download";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        if (!isCurlThere()) {
            return List.of(
                    Figure.shown("a video: speed of the download against curl's", "not measured: there is no curl"));
        }
        int megabytes = effort.of(256, 16);
        Path folder = Files.createTempDirectory(Path.of("target"), "videos-");
        try (Service service = Service.start(ServiceOptions.tasksThatRunOn().videosOf(megabytes));
                CamelContext camel = Contexts.speakingTo(service)) {
            // The simulator's host is this machine.
            Contexts.options(camel).setAllowPrivateHosts(true);
            camel.start();
            VideoTask task = camel.createFluentProducerTemplate()
                    .to("sora:status?taskId=" + service.source())
                    .request(VideoTask.class);
            VideoTask overNetwork = TaskJson.read(service.overNetwork(TaskJson.write(task)));
            for (int round = -1; round < effort.of(7, 1); round++) {
                double byCurlOverNetwork = megabytes / seconds(() -> shell(CURL, overNetwork, folder, megabytes));
                double ourOverNetwork = megabytes / seconds(() -> download(camel, overNetwork, folder, megabytes));
                double byCurl = megabytes / seconds(() -> shell(CURL, task, folder, megabytes));
                double our = megabytes / seconds(() -> download(camel, task, folder, megabytes));
                double byCurlAndMore = megabytes / seconds(() -> shell(CURL_AND_MORE, task, folder, megabytes));
                // The first round is for warming up.
                if (round >= 0) {
                    curlOverNetwork.add(ourOverNetwork, byCurlOverNetwork);
                    curl.add(our, byCurl);
                    curlAndMore.add(our, byCurlAndMore);
                }
            }
            return figures(megabytes, heapGrowth(camel, task, folder, megabytes));
        }
    }

    private static boolean isCurlThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
    }

    private List<Figure> figures(int megabytes, double heapGrowth) {
        String what = Figure.text("a video of %d MB: ", megabytes);
        return List.of(
                Figure.atLeast(
                                what + "speed of the download against curl's, over a network of 125 MB/s",
                                LEAST_TIMES,
                                curlOverNetwork.times(),
                                "%.2f times")
                        .with(curlOverNetwork.toString()),
                Figure.shown(
                        "the same without a network, against curl", Figure.text("%.2f times (%s)", curl.times(), curl)),
                Figure.shown(
                        "the same without a network, against curl, sync and sha256sum, which is what ours does",
                        Figure.text("%.2f times (%s)", curlAndMore.times(), curlAndMore)),
                Figure.atMost(
                        what + "growth of the live heap while it is downloaded",
                        MOST_HEAP_GROWTH_MB,
                        heapGrowth,
                        "%.1f MB"));
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

    private static void shell(String command, VideoTask task, Path folder, int megabytes) {
        Path file = folder.resolve("curl.mp4");
        try {
            Process shell = new ProcessBuilder("sh", "-c", command, "sh", file.toString(), task.videoUrl())
                    .inheritIO()
                    .start();
            if (!shell.waitFor(1, TimeUnit.MINUTES) || shell.exitValue() != 0) {
                throw new IllegalStateException("It has failed: " + command);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command, e);
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
