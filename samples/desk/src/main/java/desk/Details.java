package desk;

import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.api.TaskRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Describes one task for the page: its request and answer, its history, and its lineage. */
public final class Details {
    private static final int MOST_PROMPTS = 20;

    private Prompts prompts = new Prompts();
    private Tasks tasks = new Tasks();

    /** @param prompts says whether prompts are shown */
    public void setPrompts(Prompts prompts) {
        this.prompts = prompts;
    }

    /** @param tasks describes tasks */
    public void setTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Describes a task with all that is known of it.
     *
     * @param lineage its lineage
     * @param exchange has its record and its history in properties
     * @return its fields
     */
    public Map<String, Object> of(List<LineageEntry> lineage, Exchange exchange) {
        TaskRecord record = exchange.getProperty("record", TaskRecord.class);
        List<?> history = exchange.getProperty("history", List.class);
        boolean arePromptsShown = prompts.areShown(exchange);
        Map<String, Object> request = Tasks.read(record.request());
        String prompt = Tasks.promptOf(request);
        Map<String, Object> task = tasks.one(record, exchange);
        task.put("wireKey", record.wireKey());
        task.put("prompt", arePromptsShown ? prompt : null);
        task.put("request", shown(request, arePromptsShown, prompt));
        task.put("answer", shown(Tasks.read(record.result()), arePromptsShown, prompt));
        List<Map<String, Object>> lines =
                history.stream().map(line -> line((HistoryEntry) line)).toList();
        task.put("history", arePromptsShown ? lines : Redaction.withoutPrompts(lines, prompt));
        task.put("lineage", lineage(lineage, record.account(), arePromptsShown, exchange));
        task.put("curl", Copies.curl(record));
        task.put("sql", Copies.sql(record));
        return task;
    }

    private List<Map<String, Object>> lineage(
            List<LineageEntry> lineage, String account, boolean arePromptsShown, Exchange exchange) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (LineageEntry video : lineage) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("generation", video.generation());
            entry.put("account", account);
            entry.put("taskId", video.taskId());
            entry.put("key", video.key());
            entry.put("state", video.state() == null ? null : video.state().name());
            entry.put("credits", video.price().known());
            if (arePromptsShown && video.key() != null && entries.size() < MOST_PROMPTS) {
                TaskRecord record = Desk.operator(exchange).get(account, video.key());
                entry.put("prompt", Tasks.promptOf(Tasks.read(record.request())));
            }
            entries.add(entry);
        }
        return entries;
    }

    private static Map<String, Object> line(HistoryEntry line) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("at", Tasks.text(line.at()));
        entry.put("event", line.event());
        entry.put("from", line.from() == null ? null : line.from().name());
        entry.put("to", line.to() == null ? null : line.to().name());
        entry.put("actor", line.actor());
        entry.put("detail", line.detail());
        return entry;
    }

    private static Object shown(Map<String, Object> json, boolean arePromptsShown, String prompt) {
        if (json == null) {
            return null;
        }
        // Prompts first: without its address, a prompt that has one would not be found.
        return Redaction.withoutAddresses(arePromptsShown ? json : Redaction.withoutPrompts(json, prompt));
    }
}
