package desk;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.TaskRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Turns what the page asks for into a message to {@code sora:ledger}, and its answer into what the page shows. */
public final class Actions {
    private static final List<String> OF_ONE = List.of("adopt", "retry", "release", "setAside", "forget", "cancel");
    private static final Set<String> OF_ACCOUNT = Set.of("pause", "resume");
    private static final Set<String> FIELDS_OF_MANY = Set.of("q", "keys", "token");
    private static final Set<String> OF_MANY = Set.of("retry", "release", "forget", "setAside");

    private Tasks tasks = new Tasks();

    /** @param tasks describes tasks */
    public void setTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Makes the message. On one task or account: {@code account}, and {@code key}. On many tasks: {@code q} or {@code keys} for a preview,
     * and then the {@code token} of the preview. The actor is the user of the server, whatever the request says.
     *
     * @param exchange has the request as JSON
     */
    public void prepare(Exchange exchange) {
        Map<String, Object> request = json(exchange);
        String action = text(request, "action");
        boolean isOfMany = FIELDS_OF_MANY.stream().anyMatch(request::containsKey);
        boolean isKnown = action != null
                && (isOfMany ? OF_MANY.contains(action) : OF_ONE.contains(action) || OF_ACCOUNT.contains(action));
        if (!isKnown) {
            throw new Refused(
                    400,
                    "The desk has no such action" + (isOfMany ? " on many tasks" : "") + ": " + action
                            + ". Nothing was done.");
        }
        Message message = exchange.getMessage();
        message.setBody(null);
        Map<String, Object> headers = new HashMap<>();
        headers.put(SoraConstants.ACTION, action);
        headers.put(SoraConstants.ACTOR, exchange.getProperty(Guard.ACTOR));
        headers.put(SoraConstants.REASON, text(request, "reason"));
        if (request.containsKey("token")) {
            headers.put(SoraConstants.TOKEN, required(request, "token"));
        } else if (request.containsKey("q")) {
            headers.put(SoraConstants.FILTER, required(request, "q"));
        } else if (request.containsKey("keys")) {
            message.setBody(keys(request));
        } else {
            headers.put(SoraConstants.ACCOUNT, required(request, "account"));
            if (OF_ONE.contains(action)) {
                headers.put(SoraConstants.TASK_KEY, required(request, "key"));
                headers.put(SoraConstants.TASK_ID, text(request, "taskId"));
            }
        }
        message.setHeaders(headers);
    }

    private static List<?> keys(Map<String, Object> request) {
        if (request.get("keys") instanceof List<?> keys) {
            return keys;
        }
        throw new Refused(400, "keys must be a list of account and key. Nothing was done.");
    }

    /** The actions that the page offers for a task: those that fit it. */
    static List<String> offered(TaskRecord record, Exchange exchange) {
        Set<LedgerAction> fitting = Desk.operator(exchange).actions(record);
        return OF_ONE.stream()
                .filter(action -> fitting.contains(LedgerAction.valueOf(action)))
                .toList();
    }

    /**
     * Describes what was done.
     *
     * @param exchange has the answer of {@code sora:ledger}
     * @return the task, or what was done to many
     */
    public Object answer(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return body instanceof TaskRecord record ? tasks.one(record, exchange) : body == null ? Map.of() : body;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> json(Exchange exchange) {
        try {
            // Bytes: JSON is in UTF-8, whatever charset the Content-Type names.
            Map<String, Object> request =
                    Answers.JSON.readValue(exchange.getMessage().getBody(byte[].class), Map.class);
            if (request != null) {
                return request;
            }
        } catch (IOException | IllegalArgumentException e) {
            // The answer below does not quote the request.
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
