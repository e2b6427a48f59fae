package io.github.camelsora.benchmark.rivals.dbscheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReplace;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReschedule;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler.ExponentialBackoffFailureHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remixes the videos of the orders in a folder by db-scheduler: a chain of tasks for each order, as its example
 * JobChainingConfiguration has it (examples/spring-boot-example), whose second one comes again until the remix is there.
 */
public final class ScheduledRemixes {
    record Order(String order, String video, String prompt) {}

    record Remix(String id, String url) {}

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledRemixes.class);
    private static final Duration POLL = Duration.ofSeconds(Long.getLong("rival.poll", 5));
    private static final Duration HEARTBEAT = Duration.ofSeconds(Long.getLong("rival.heartbeat", 5));
    private static final String API = System.getProperty("rival.api") + "/v1/videos/";

    // "The instance-id must be unique within this task": it is the name of the order, so an order is scheduled once at
    // a
    // time.
    private static final TaskDescriptor<Order> SUBMIT = TaskDescriptor.of("submit", Order.class);
    private static final TaskDescriptor<Remix> POLLING = TaskDescriptor.of("poll", Remix.class);
    private static final TaskDescriptor<Remix> DOWNLOAD = TaskDescriptor.of("download", Remix.class);
    private static final TaskDescriptor<Void> NOTIFY = TaskDescriptor.of("notify");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final DataSource database;

    private ScheduledRemixes(DataSource database) {
        this.database = database;
    }

    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getProperty("rival.jdbc.url"));
        config.setUsername(System.getProperty("rival.jdbc.user"));
        config.setPassword(System.getProperty("rival.jdbc.password"));
        new ScheduledRemixes(new HikariDataSource(config)).start();
    }

    private void start() throws Exception {
        try (InputStream tables = getClass().getResourceAsStream("/rivals/db-scheduler/library/tables.sql")) {
            execute(new String(tables.readAllBytes(), StandardCharsets.UTF_8));
        }
        // The row of a task is deleted when the task is complete, so its key alone does not show what was submitted.
        execute("create table if not exists submitted (order_name text primary key)");
        // README, "Task configuration", and the example ExponentialBackoffMain: a task that throws is executed again.
        Task<Order> submit = Tasks.custom(SUBMIT)
                .onFailure(new ExponentialBackoffFailureHandler<>(Duration.ofSeconds(1), 1.5))
                .execute(this::submit);
        Task<Remix> poll =
                Tasks.custom(POLLING).onFailure(new OnFailureRetryLater<>(POLL)).execute(this::poll);
        Task<Remix> download = Tasks.custom(DOWNLOAD)
                .onFailure(new OnFailureRetryLater<>(POLL))
                .execute(this::download);
        Task<Void> notify = Tasks.oneTime(NOTIFY)
                .onFailure(new OnFailureRetryLater<>(POLL))
                .execute((instance, context) -> notify(instance.getId()));
        // README, "Consider tuning" and "Dead executions": what was executing when the JVM died is executed again when
        // it has missed its heartbeats, by default after half an hour. These tasks take seconds.
        Scheduler.create(database, submit, poll, download, notify)
                .startTasks(
                        Tasks.recurring("scan", FixedDelay.ofSeconds(1)).execute((instance, context) -> scan(context)))
                .serializer(new JacksonSerializer())
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(4)
                .registerShutdownHook()
                .build()
                .start();
    }

    private void scan(ExecutionContext context) {
        SchedulerClient client = context.getSchedulerClient();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(System.getProperty("rival.orders")), "*.json")) {
            for (Path file : files) {
                Order order = json.readValue(file.toFile(), Order.class);
                client.scheduleIfNotExists(
                        SUBMIT.instance(order.order()).data(order).scheduledTo(Instant.now()));
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // A dead execution is executed again, and an order may come again when its tasks are complete. So the key of a row
    // of our own decides who may submit. The row goes only if the submit was surely not accepted.
    private CompletionHandler<Order> submit(TaskInstance<Order> instance, ExecutionContext context) {
        Order order = instance.getData();
        if (execute("insert into submitted values (?) on conflict do nothing", order.order()) == 0) {
            LOG.info("{} was submitted before", order.order());
            return new OnCompleteRemove<>();
        }
        try {
            HttpRequest request = api(order.video() + "/remix")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            json.writeValueAsString(Map.of("model", "sora-2", "prompt", order.prompt()))))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                String id = json.readTree(answer.body()).path("id").asText();
                return new OnCompleteReplace<>(previous -> POLLING.instance(previous.getId())
                        .data(new Remix(id, null))
                        .scheduledTo(Instant.now().plus(POLL)));
            }
            if (answer.statusCode() == 429 || answer.statusCode() == 503) {
                return notAccepted(order, "answered with " + answer.statusCode());
            }
            LOG.error("{} was answered with {}", order.order(), answer.statusCode());
        } catch (ConnectException e) {
            return notAccepted(order, e.toString());
        } catch (IOException | InterruptedException e) {
            LOG.error("{} may be submitted and paid for: its answer was lost", order.order(), e);
        }
        return new OnCompleteRemove<>();
    }

    private CompletionHandler<Order> notAccepted(Order order, String reason) {
        execute("delete from submitted where order_name = ?", order.order());
        throw new IllegalStateException(order.order() + " was not accepted: " + reason);
    }

    private CompletionHandler<Remix> poll(TaskInstance<Remix> instance, ExecutionContext context) {
        JsonNode task = get(api("generations/" + instance.getData().id()));
        return switch (task.path("status").asText()) {
            case "completed" ->
                new OnCompleteReplace<>(
                        DOWNLOAD,
                        new Remix(
                                instance.getData().id(),
                                task.at("/result/data/0/url").asText()));
            case "failed" -> {
                LOG.error("{} has failed: {}", instance.getId(), task.path("error"));
                yield new OnCompleteRemove<>();
            }
            default -> new OnCompleteReschedule<>(FixedDelay.of(POLL));
        };
    }

    private CompletionHandler<Remix> download(TaskInstance<Remix> instance, ExecutionContext context) {
        Path videos = Path.of(System.getProperty("rival.videos"));
        Path part = videos.resolve(instance.getId() + ".part");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(instance.getData().url())).build();
        send(request, BodyHandlers.ofFile(part));
        try {
            Files.move(part, videos.resolve(instance.getId() + ".mp4"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new OnCompleteReplace<>(NOTIFY, null);
    }

    private void notify(String order) {
        send(
                HttpRequest.newBuilder(URI.create(System.getProperty("rival.notify")))
                        .POST(BodyPublishers.ofString(order))
                        .build(),
                BodyHandlers.discarding());
    }

    private static HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(API + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + System.getProperty("rival.key"));
    }

    private JsonNode get(HttpRequest.Builder request) {
        try {
            return json.readTree(send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            HttpResponse<T> answer = http.send(request, handler);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(request.uri().getPath() + " was answered with " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int execute(String sql, String... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
