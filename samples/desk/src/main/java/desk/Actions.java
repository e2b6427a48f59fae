package desk;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/** Turns what the page asks for into a message to {@code sora:ledger}, and its answer into what the page shows. */
public final class Actions {
    private static final Set<String> OF_ONE = Set.of("retry", "release", "forget", "adopt", "cancel", "setAside");
    private static final Set<String> OF_ACCOUNT = Set.of("pause", "resume");
    private static final Set<String> OF_MANY = Set.of("retry", "release", "forget", "setAside");

    private Tasks tasks = new Tasks();

    /** @param tasks describes tasks */
    public void setTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Makes the message. The actor is the user of the server, whatever the request says.
     *
     * @param exchange has the request as JSON
     */
    public void prepare(Exchange exchange) {
        Map<String, Object> request = json(exchange);
        String action = text(request, "action");
        boolean isAct = request.containsKey("token");
        boolean isPreview = !isAct && (request.containsKey("q") || request.containsKey("keys"));
        boolean isOfMany = isAct || isPreview;
        boolean isKnown = action != null
                && (isOfMany ? OF_MANY.contains(action) : OF_ONE.contains(action) || OF_ACCOUNT.contains(action));
        if (!isKnown) {
            throw new Refused(
                    400,
                    "The desk has no such action" + (isOfMany ? " on many tasks" : "") + ": " + action
                            + ". Nothing was done.");
        }
        Map<String, Object> headers = new HashMap<>();
        headers.put(SoraConstants.ACTION, action);
        headers.put(SoraConstants.ACTOR, exchange.getProperty(Guard.ACTOR));
        headers.put(SoraConstants.REASON, text(request, "reason"));
        if (isAct) {
            headers.put(SoraConstants.TOKEN, required(request, "token"));
        } else if (!isPreview) {
            headers.put(SoraConstants.ACCOUNT, required(request, "account"));
            if (OF_ONE.contains(action)) {
                headers.put(SoraConstants.TASK_KEY, required(request, "key"));
                headers.put(SoraConstants.TASK_ID, text(request, "taskId"));
            }
        }
        exchange.getMessage().setHeaders(headers);
        exchange.getMessage().setBody(isPreview ? fitting(action, request, exchange) : null);
    }

    /** The keys that the action fits, of a search or of those that were chosen. */
    private static List<ActionResult.Key> fitting(String action, Map<String, Object> request, Exchange exchange) {
        List<TaskRecord> fitting;
        long chosen;
        if (request.containsKey("q")) {
            TaskFilter filter = TaskFilter.parse(required(request, "q"), Desk.now(exchange));
            if (filter.equals(TaskFilter.ALL)) {
                throw new Refused(400, "Without a search, this would be about all tasks. Nothing was done.");
            }
            fitting = Fits.find(action, filter, exchange);
            chosen = Desk.operator(exchange).count(filter).stream()
                    .mapToLong(TaskCount::tasks)
                    .sum();
        } else if (request.get("keys") instanceof List<?> keys) {
            fitting = keys.stream()
                    .map(key -> record(key, exchange))
                    .filter(record -> Fits.fits(action, record))
                    .toList();
            chosen = keys.size();
        } else {
            throw new Refused(400, "keys must be a list of account and key. Nothing was done.");
        }
        if (fitting.isEmpty()) {
            throw new Refused(400, "The action " + action + " fits none of these tasks. Nothing was done.");
        }
        exchange.setProperty("chosen", chosen);
        return fitting.stream()
                .map(record -> new ActionResult.Key(record.account(), record.key()))
                .toList();
    }

    private static TaskRecord record(Object key, Exchange exchange) {
        if (key instanceof Map<?, ?> id && id.get("account") instanceof String account && id.get("key") instanceof String name) {
            return Desk.operator(exchange).get(account, name);
        }
        throw new Refused(400, "keys must be a list of account and key. Nothing was done.");
    }

    /**
     * Describes what was done.
     *
     * @param exchange has the answer of {@code sora:ledger}
     * @return the task, or what was done to many
     */
    public Object answer(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof ActionPreview preview) {
            Map<String, Object> shown = new LinkedHashMap<>(preview.toMap());
            shown.put("chosen", exchange.getProperty("chosen"));
            return shown;
        }
        return body instanceof TaskRecord record ? tasks.one(record, exchange) : body == null ? Map.of() : body;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> json(Exchange exchange) {
        try {
            // JSON says its charset itself.
            Map<String, Object> request =
                    Answers.JSON.readValue(exchange.getMessage().getBody(byte[].class), Map.class);
            if (request != null) {
                return request;
            }
        } catch (IOException | IllegalArgumentException e) {
            // Said below, and without a quotation of the request.
        }
        throw new Refused(400, "The request is not an object in JSON. Nothing was done.");
    }

    static String text(Map<String, Object> request, String field) {
        Object value = request.get(field);
        if (value instanceof Map || value instanceof List) {
            throw new Refused(400, field + " must be a text. Nothing was done.");
        }
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    static String required(Map<String, Object> request, String field) {
        if (request.get(field) == null) {
            throw new Refused(400, field + " is missing. Nothing was done.");
        }
        String text = text(request, field);
        return text == null ? "" : text;
    }
}
