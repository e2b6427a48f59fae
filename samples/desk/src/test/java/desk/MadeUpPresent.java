package desk;

import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskFilter;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.SimulatedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;

/** What happens now: tasks of this JVM that run at the simulator, submits whose answers are lost, and accounts that are paused. */
final class MadeUpPresent {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimulatedDesk desk;
    private final ProducerTemplate template;
    private final String source;

    MadeUpPresent(SimulatedDesk desk) {
        this.desk = desk;
        this.template = desk.camel().createProducerTemplate();
        this.source = desk.toApis().addSource();
    }

    void begin() {
        List<String> running = List.of(
                "Zoom out slowly, until the whole harbour can be seen",
                "Let the fog lift slowly, and show the bridge",
                "The sun sets slowly behind the wind turbines",
                "Slowly turn the studio into a forest, and slowly add fireflies",
                "The curtain opens slowly; an empty stage, one lamp",
                "Snow covers the garden slowly, time-lapse of an hour");
        for (int i = 0; i < running.size(); i++) {
            String model = i < 2 ? "sora-2" : "sora-2-pro";
            submit("order-49%02d/a".formatted(i), "order-49%02d".formatted(i), model, running.get(i), "");
        }
        awaitState(TaskState.RUNNING, running.size(), "order-49");
        desk.toApis().clock().advance(Duration.ofMinutes(5));
        otherNode();
        loseAnswers();
        pauseAccounts();
    }

    /** What another JVM, which shares the ledger, has under way. */
    private void otherNode() {
        MadeUpRecords records =
                new MadeUpRecords(desk.component().ledger(), desk.toApis().baseUrl());
        Instant now = desk.component().ledger().now();
        for (int i = 0; i < 4; i++) {
            Instant at = now.minusSeconds(3 + 47L * i);
            TaskRecord intent = records.intent(
                    new MadeUpRecords.Order(
                            "default",
                            "order-495" + i + "/a",
                            source,
                            "sora-2",
                            "Add a cat on the window sill",
                            "trailer",
                            "museum-of-tides",
                            "order-495" + i),
                    20,
                    at);
            if (i > 0) {
                records.accepted(intent, "video_of_another_node_" + i, at.plusSeconds(2));
            }
        }
    }

    /** The service has accepted these, and the component does not know their ids. */
    private void loseAnswers() {
        desk.toApis().on(Call.SUBMIT).times(3).afterProcessing().cut();
        submit("order-1042/lost", "order-1042", "sora-2", "Add a red umbrella that slowly floats over the square", "");
        submit("order-1043/lost", "order-1043", "sora-2", "Make the fountain slowly freeze to ice", "");
        submit("order-1044/lost", "order-1044", "sora-2", "Let the lanterns go on slowly, one after the other", "");
        awaitState(TaskState.UNKNOWN, 3, "lost");
    }

    private void pauseAccounts() {
        submit(
                "order-4801/a",
                "order-4801",
                "sora-2",
                "Add our new logo to the van",
                "&account=shop&apiKey=sk-shop-of-last-year");
        await().atMost(PATIENCE)
                .until(() -> desk.component()
                                .ledger()
                                .pauses()
                                .orElseThrow()
                                .findAll()
                                .size()
                        == 1);
        desk.component()
                .operator()
                .pause("trailers", new Operator("nadia", "The budget of November is being reviewed"));
        submit(
                "order-4811/a",
                "order-4811",
                "sora-2",
                "Cut on the beat, warmer colours",
                "&account=trailers&apiKey=sk-trailers");
        submit(
                "order-4812/a",
                "order-4812",
                "sora-2",
                "Replace the title by COMING IN MAY",
                "&account=trailers&apiKey=sk-trailers");
    }

    /** Which id an operator finds in the vendor's console for each submit whose answer was lost. */
    Map<String, String> lostTasks() {
        return desk.toApis().tasks().stream()
                .filter(task -> task.clientBusinessId() != null
                        && task.clientBusinessId().contains("/lost"))
                .collect(Collectors.toMap(task -> task.clientBusinessId().replaceFirst("~.*", ""), SimulatedTask::id));
    }

    private void submit(String key, String correlationId, String model, String prompt, String options) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("CamelSoraRequestKey", key);
        headers.put("CamelSoraCorrelationId", correlationId);
        headers.put("CamelSoraModel", model);
        headers.put("CamelSoraTenant", "acme");
        headers.put("CamelSoraTag", "social");
        headers.put("CamelSoraVideoId", source);
        template.asyncRequestBodyAndHeaders("sora:remix?waitForCompletion=false" + options, prompt, headers);
    }

    private void awaitState(TaskState state, int tasks, String keys) {
        TaskFilter filter = TaskFilter.ALL.withStates(state).withText(keys);
        await().atMost(PATIENCE)
                .until(() -> desk.component().operator().count(filter).stream()
                                .mapToLong(count -> count.tasks())
                                .sum()
                        >= tasks);
    }
}
