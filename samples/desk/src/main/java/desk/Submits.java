package desk;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** Turns the form of the page into a message to {@code sora:remix}. */
public final class Submits {
    private static final Pattern REQUEST_KEY = Pattern.compile("desk-[A-Za-z0-9-]{8,80}");

    /**
     * Makes the message. Tag, tenant and correlation id are those of the video that is remixed, so that the result goes where that one
     * went.
     *
     * @param exchange has the form as JSON
     */
    public void prepare(Exchange exchange) {
        Map<String, Object> form = Actions.json(exchange);
        String account = Actions.required(form, "account");
        boolean isDry = !Boolean.FALSE.equals(form.get("dryRun"));
        Map<String, Object> headers = new HashMap<>();
        headers.put(SoraConstants.VIDEO_ID, Actions.text(form, "videoId"));
        headers.put(SoraConstants.PROMPT, Actions.text(form, "prompt"));
        headers.put(SoraConstants.MODEL, Actions.text(form, "model"));
        headers.put(SoraConstants.DURATION, Actions.text(form, "duration"));
        headers.put(SoraConstants.ASPECT_RATIO, Actions.text(form, "ratio"));
        String sourceKey = Actions.text(form, "sourceKey");
        if (sourceKey != null) {
            TaskRecord source = Desk.operator(exchange).get(account, sourceKey);
            if (source.taskId() == null) {
                throw new Refused(400, "This submit has no video to remix. Nothing was paid.");
            }
            headers.put(SoraConstants.VIDEO_ID, source.taskId());
            headers.put(SoraConstants.TAG, source.tag());
            headers.put(SoraConstants.TENANT, source.origin().tenant());
            headers.put(SoraConstants.CORRELATION_ID, source.origin().correlationId());
        }
        String key = Actions.text(form, "requestKey");
        if (key != null && !REQUEST_KEY.matcher(key).matches() || key == null && !isDry) {
            throw new Refused(
                    400,
                    "requestKey must begin with desk- and be made once for a form, so that a second click pays"
                            + " nothing. Nothing was paid.");
        }
        headers.put(SoraConstants.REQUEST_KEY, key);
        headers.values().removeIf(Objects::isNull);
        // While a submit waits, it holds a thread of the server, of which there are twenty.
        String mode = isDry ? "dryRun=true" : "waitForCompletion=false&submitTimeout=1m";
        exchange.setProperty("endpoint", "sora:remix?" + mode + Desk.optionsOf(account, exchange));
        exchange.setProperty("dryRun", isDry);
        if (!isDry) {
            recordUser(account, key, exchange);
        }
        exchange.getMessage().setHeaders(headers);
        exchange.getMessage().setBody(null);
    }

    /**
     * Adds a line with the user to the history before a submit that will be sent: a new one, or one that was rejected. The lines of the
     * component name no user of a submit.
     */
    private static void recordUser(String account, String key, Exchange exchange) {
        SoraComponent component = Desk.component(exchange);
        boolean willBeSent = component
                .ledger()
                .find(account, key)
                .filter(record -> record.state() != TaskState.REJECTED)
                .isEmpty();
        if (component.isRecordHistory() && willBeSent) {
            String actor = exchange.getProperty(Guard.ACTOR, String.class);
            HistoryEntry entry = new HistoryEntry(
                    account, key, 0, Desk.now(exchange), "SubmitRequested", null, null, "desk", actor, "at the desk");
            component.ledger().history().ifPresent(history -> history.add(entry));
        }
    }

    /**
     * Describes what a submit would do.
     *
     * @param plan the plan
     * @return its price, what is left of the limits, and what speaks against it
     */
    public Map<String, Object> plan(SubmitPlan plan) {
        List<String> problems = new ArrayList<>();
        if (plan.refusal() != null) {
            problems.add(plan.refusal());
        }
        if (plan.effect() != SubmitPlan.Effect.SEND && plan.refusal() == null) {
            problems.add("This form was submitted before. Another click pays nothing.");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model", plan.request().get("model"));
        answer.put("credits", plan.price());
        answer.put("left", plan.limits().stream().map(Summary::limit).toList());
        answer.put("problems", problems);
        return answer;
    }
}
