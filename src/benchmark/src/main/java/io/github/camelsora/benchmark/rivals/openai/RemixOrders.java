package io.github.camelsora.benchmark.rivals.openai;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.videos.Video;
import com.openai.models.videos.VideoRemixParams;
import com.openai.services.blocking.VideoService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remixes the videos of the orders in a folder by OpenAI's Java SDK. The state of an order are files in a folder of its own:
 * {@code <order>.json} since it was seen, with {@code .id} since it was submitted, with {@code .done} since it was delivered.
 */
public final class RemixOrders {
    private static final Logger LOG = LoggerFactory.getLogger(RemixOrders.class);
    private static final long POLL_SECONDS = Long.getLong("rival.poll", 5);

    /** Whether a submit that may have been accepted is never sent again. Otherwise the SDK and this program retry it. */
    private static final boolean ONCE = Boolean.getBoolean("rival.once");

    private record Order(String order, String video, String prompt) {}

    private final Path state = Path.of(System.getProperty("rival.state"));
    private final Path videos = Path.of(System.getProperty("rival.videos"));
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(10);
    // https://github.com/openai/openai-java#retries: "The SDK automatically retries 2 times by default, with a short
    // exponential backoff between requests": connection errors, 408, 409, 429, 5xx. #client-configuration: one client
    // for the application.
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(System.getProperty("rival.api") + "/v1")
            .apiKey(System.getProperty("rival.key"))
            .build();
    // https://github.com/openai/openai-java#modifying-configuration
    private final VideoService submits =
            ONCE ? client.videos().withOptions(options -> options.maxRetries(0)) : client.videos();

    public static void main(String[] arguments) throws IOException {
        new RemixOrders().start();
    }

    private void start() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(state, "*.json")) {
            for (Path file : files) {
                if (!Files.exists(beside(file, ".done"))) {
                    executor.execute(() -> process(file));
                }
            }
        }
        executor.scheduleWithFixedDelay(this::scan, 0, 1, TimeUnit.SECONDS);
    }

    private void scan() {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(System.getProperty("rival.orders")), "*.json")) {
            for (Path file : files) {
                Path mine = state.resolve(file.getFileName());
                if (Files.exists(mine)) {
                    LOG.info("{} came again", mine.getFileName());
                    Files.delete(file);
                } else {
                    Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
                    executor.execute(() -> process(mine));
                }
            }
        } catch (Exception e) {
            LOG.error("Could not read the orders", e);
        }
    }

    /** Does the next step of an order, and comes again until the order is delivered or has failed for good. */
    private void process(Path file) {
        try {
            if (!isOver(file)) {
                executor.schedule(() -> process(file), POLL_SECONDS, TimeUnit.SECONDS);
            }
        } catch (BadRequestException
                | UnauthorizedException
                | PermissionDeniedException
                | NotFoundException
                | UnprocessableEntityException e) {
            LOG.error("{} has failed", file.getFileName(), e);
        } catch (Exception e) {
            LOG.warn("{} is tried again", file.getFileName(), e);
            executor.schedule(() -> process(file), POLL_SECONDS, TimeUnit.SECONDS);
        }
    }

    private boolean isOver(Path file) throws IOException, InterruptedException {
        Order order = json.readValue(file.toFile(), Order.class);
        Path id = beside(file, ".id");
        if (!Files.exists(id)) {
            Path sent = beside(file, ".sent");
            if (ONCE && Files.exists(sent)) {
                LOG.error("{} may be paid for, and its id is not known", order.order());
                return true;
            }
            Files.writeString(sent, "");
            VideoRemixParams remix =
                    VideoRemixParams.builder().prompt(order.prompt()).build();
            Path part = beside(file, ".part");
            try {
                Files.writeString(part, submits.remix(order.video(), remix).id());
            } catch (OpenAIException e) {
                if (isRefused(e)) {
                    Files.delete(sent);
                }
                throw e;
            }
            Files.move(part, id, StandardCopyOption.ATOMIC_MOVE);
            return false;
        }
        // https://developers.openai.com/api/docs/guides/video-generation: poll GET /videos/{video_id} until it is
        // completed, then fetch GET /videos/{video_id}/content. The SDK for Java has no helper for that.
        Video video = client.videos().retrieve(Files.readString(id));
        if (video.status().equals(Video.Status.COMPLETED)) {
            download(video.id(), order.order());
            notify(order.order());
            Files.createFile(beside(file, ".done"));
        } else if (video.status().equals(Video.Status.FAILED)) {
            LOG.error("{} has failed: {}", order.order(), video.error());
        }
        return video.status().equals(Video.Status.COMPLETED) || video.status().equals(Video.Status.FAILED);
    }

    private static boolean isRefused(OpenAIException e) {
        return e.getCause() instanceof ConnectException
                || e instanceof OpenAIServiceException answer
                        && (answer.statusCode() == 429 || answer.statusCode() == 503);
    }

    // https://github.com/openai/openai-java#binary-responses: Files.copy with REPLACE_EXISTING.
    private void download(String id, String order) throws IOException {
        Path part = videos.resolve(order + ".part");
        try (HttpResponse response = client.videos().downloadContent(id)) {
            Files.copy(response.body(), part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, videos.resolve(order + ".mp4"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void notify(String order) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getProperty("rival.notify")))
                .POST(HttpRequest.BodyPublishers.ofString(order))
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("The notification was answered with " + status);
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName().toString().replace(".json", ending));
    }
}
