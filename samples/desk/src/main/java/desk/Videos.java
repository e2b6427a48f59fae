package desk;

import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.VideoTask;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Finds videos: in the folder in which the application stores them, else at the service, from which it downloads them. */
public final class Videos {
    private static final int MOST_CACHED = 50;

    private final ConcurrentMap<String, CompletableFuture<Exchange>> downloads = new ConcurrentHashMap<>();
    private Duration patience = Duration.ofSeconds(20);
    private Path folder;
    private Path cache;
    private ProducerTemplate template;

    /** @param folder where the application stores videos as {@code <taskId>.mp4}; empty for none */
    public void setFolder(String folder) {
        this.folder = folder.isBlank() ? null : Path.of(folder.trim());
    }

    /** How long a request waits for a download, which goes on afterwards. */
    void setPatience(Duration patience) {
        this.patience = patience;
    }

    boolean hasFolder() {
        return folder != null;
    }

    /** Whether a video can be played without the service. */
    boolean isStored(String taskId) {
        return Files.isRegularFile(find(taskId));
    }

    private Path find(String taskId) {
        String name = URLEncoder.encode(taskId, StandardCharsets.UTF_8) + ".mp4";
        if (folder != null && Files.isRegularFile(folder.resolve(name))) {
            return folder.resolve(name);
        }
        return cache().resolve(name);
    }

    synchronized Path cache() {
        try {
            cache = cache == null ? Files.createTempDirectory("desk-videos-") : cache;
            return cache;
        } catch (IOException e) {
            throw new Refused(500, "The desk has no folder for videos: " + e.getMessage());
        }
    }

    /**
     * Finds the video of a task, and downloads it unless it is stored; once, however many requests need it. The steps behind {@code
     * sora:} share a few threads, none of which waits for a download. The server's thread waits, until the patience has ended.
     *
     * @param record the record of the task
     * @param exchange gets the file as its property {@code video}
     * @return completes with the record when the file is there
     * @throws IOException if an old file cannot be deleted
     */
    public CompletionStage<TaskRecord> fetch(TaskRecord record, Exchange exchange) throws IOException {
        String taskId = record.taskId();
        if (taskId == null) {
            throw new Refused(404, "This submit has no task yet, so it has no video.");
        }
        Path video = find(taskId);
        exchange.setProperty("video", video);
        if (Files.isRegularFile(video)) {
            return CompletableFuture.completedFuture(record);
        }
        VideoTask task = Tasks.result(record);
        if (task == null || task.videos().isEmpty()) {
            throw new Refused(404, "This task has no video" + (record.state().isOpen() ? " yet." : "."));
        }
        evict();
        String uri = "sora:download?directory=RAW(" + video.getParent() + ")&fileName=RAW(" + video.getFileName() + ")"
                + Desk.optionsOf(record.account(), exchange);
        CompletableFuture<Exchange> download = downloads.computeIfAbsent(taskId, id -> template(exchange)
                .asyncSend(uri, to -> to.getMessage().setBody(task)));
        CompletableFuture<TaskRecord> wait = download.whenComplete(
                        (done, failure) -> downloads.remove(taskId, download))
                .thenApply(done -> {
                    if (done.getException() != null) {
                        throw new CompletionException(done.getException());
                    }
                    return record;
                });
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> wait.completeExceptionally(
                        new Refused(504, "The video is still on its way from the service. Try again in a minute.")));
        return wait;
    }

    /**
     * Deletes the videos of this JVM.
     *
     * @throws IOException if one cannot be deleted
     */
    public synchronized void close() throws IOException {
        if (cache != null) {
            try (Stream<Path> files = Files.list(cache)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(cache);
            cache = null;
        }
    }

    private synchronized ProducerTemplate template(Exchange exchange) {
        template = template == null ? exchange.getContext().createProducerTemplate() : template;
        return template;
    }

    private void evict() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            // Those that are being downloaded have another name.
            List<Path> latestFirst = files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
            for (Path file : latestFirst.subList(Math.min(MOST_CACHED, latestFirst.size()), latestFirst.size())) {
                Files.deleteIfExists(file);
            }
        }
    }
}
