package desk;

import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Describes tasks for the page. */
public final class Tasks {
    private Prompts prompts = new Prompts();
    private Videos videos = new Videos();

    /** @param prompts says whether prompts are shown */
    public void setPrompts(Prompts prompts) {
        this.prompts = prompts;
    }

    /** @param videos has the stored videos */
    public void setVideos(Videos videos) {
        this.videos = videos;
    }

    /**
     * Describes a page of tasks.
     *
     * @param records the records
     * @param exchange has their search in its header {@code q}
     * @return the page, and how many tasks there are in each state by the other words of the search
     */
    public Map<String, Object> page(List<TaskRecord> records, Exchange exchange) {
        TaskFilter filter =
                TaskFilter.parse(exchange.getMessage().getHeader("q", "", String.class), Desk.now(exchange));
        Map<TaskState, Long> tasks = Desk.operator(exchange).count(filter.withStates()).stream()
                .collect(Collectors.groupingBy(TaskCount::state, Collectors.summingLong(TaskCount::tasks)));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                "total",
                tasks.entrySet().stream()
                        .filter(state ->
                                filter.states().isEmpty() || filter.states().contains(state.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
        page.put(
                "states",
                Stream.of(TaskState.values())
                        .map(state -> Map.of("state", state.name(), "tasks", tasks.getOrDefault(state, 0L)))
                        .toList());
        page.put("tasks", records.stream().map(record -> one(record, exchange)).toList());
        return page;
    }

    /**
     * Describes a task as the table shows it.
     *
     * @param record its record
     * @param exchange the exchange
     * @return its fields
     */
    public Map<String, Object> one(TaskRecord record, Exchange exchange) {
        VideoTask result = result(record);
        Progress.Seen seen = record.state() == TaskState.RUNNING && record.taskId() != null
                ? Progress.of(exchange, record.taskId())
                : Progress.Seen.NOTHING;
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("account", record.account());
        task.put("key", record.key());
        task.put("taskId", record.taskId());
        task.put("state", record.state().name());
        task.put("tag", record.tag());
        task.put("tenant", record.origin().tenant());
        task.put("correlationId", record.origin().correlationId());
        task.put("model", record.origin().model());
        task.put("operation", record.operation());
        task.put("createdAt", text(record.times().createdAt()));
        task.put("acceptedAt", text(record.times().acceptedAt()));
        task.put("endedAt", text(record.times().endedAt()));
        task.put("deliveredAt", text(record.times().deliveredAt()));
        task.put("expiresAt", text(record.due().expiresAt()));
        task.put("progress", seen.percent());
        task.put("expectedAt", text(seen.expectedAt()));
        task.put("price", record.price().known());
        task.put("priceKind", priceKind(record));
        task.put("failure", failure(record, result, exchange));
        task.put("node", record.owner());
        task.put("hasVideo", hasVideo(record, result, exchange));
        task.put("actions", Actions.offered(record, exchange));
        return task;
    }

    private static String priceKind(TaskRecord record) {
        boolean isCharged = record.price().charged() != null;
        return isCharged ? "charged" : record.price().estimated() == null ? null : "estimated";
    }

    /** In words, and without the prompt, which the service may quote. */
    private String failure(TaskRecord record, VideoTask result, Exchange exchange) {
        if (record.state() == TaskState.REJECTED) {
            return "Not accepted. Nothing was paid.";
        }
        if (result == null || result.errorCode() == null) {
            return null;
        }
        String message = result.errorMessage();
        String text = result.errorCode() + (message == null ? "" : ": " + message);
        return prompts.areShown(exchange) ? text : Redaction.withoutPrompt(text, promptOf(read(record.request())));
    }

    private boolean hasVideo(TaskRecord record, VideoTask result, Exchange exchange) {
        if (record.taskId() != null && videos.isStored(record.taskId())) {
            return true;
        }
        Instant expiresAt = record.due().expiresAt();
        return result != null
                && !result.videos().isEmpty()
                && (expiresAt == null || expiresAt.isAfter(Desk.now(exchange)));
    }

    /** The completed task; null while there is none. */
    static VideoTask result(TaskRecord record) {
        return record.result() == null ? null : VideoTask.fromMap(read(record.result()));
    }

    static String promptOf(Map<String, Object> request) {
        return request != null && request.get("prompt") instanceof String prompt ? prompt : null;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> read(String json) {
        try {
            return json == null ? null : Answers.JSON.readValue(json, LinkedHashMap.class);
        } catch (IOException e) {
            throw new IllegalStateException("The ledger has a record that is not JSON", e);
        }
    }

    static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
