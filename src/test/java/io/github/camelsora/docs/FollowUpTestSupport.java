package io.github.camelsora.docs;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.toapis.TaskJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.BeforeEach;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** A context for a route that submits and a second one that receives the result, with a ledger that tests can read. */
abstract class FollowUpTestSupport extends DocsTestSupport {
    /** How long a test waits for what happens elsewhere. Never reached when all is well. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** What the exchanges that have failed have failed with. */
    final List<Exception> failures = new CopyOnWriteArrayList<>();

    final TaskLedger ledger = new MemoryTaskLedger(InstantSource.system(), 1_000);

    @BeforeEach
    void prepareLedger() {
        SoraComponent sora = camel.getComponent("sora", SoraComponent.class);
        sora.setLedger(ledger);
        options.setRecoveryTimeout(300);
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeFailedEvent failed) {
                    failures.add(failed.getExchange().getException());
                }
            }
        });
        property("sora.directory", folder.resolve("videos").toString());
    }

    void property(String name, String value) {
        camel.getPropertiesComponent().addInitialProperty(name, value);
    }

    void start(String route) throws Exception {
        Snippets.load(camel, Path.of("routes", route + ".yaml"));
        camel.start();
    }

    /** Where the follow-up stores what was ordered under a name. */
    Path video(String name) {
        return folder.resolve("videos").resolve(name + ".mp4");
    }

    /** Has Quartz run now what it is to run at its time. */
    void letTheNightCome() throws Exception {
        for (JobKey job : quartz().getJobKeys(GroupMatcher.anyGroup())) {
            quartz().triggerJob(job);
        }
    }

    /** When Quartz runs what it is to run. */
    List<String> nights() throws Exception {
        List<String> nights = new ArrayList<>();
        for (TriggerKey trigger : quartz().getTriggerKeys(GroupMatcher.anyGroup())) {
            nights.add(((CronTrigger) quartz().getTrigger(trigger)).getCronExpression());
        }
        return nights;
    }

    private Scheduler quartz() {
        return camel.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    TaskRecord recordOf(String key) {
        return ledger.find("default", key).orElseThrow();
    }

    boolean isDelivered(String key) {
        return ledger.find("default", key)
                .filter(record -> record.state() == TaskState.DELIVERED)
                .isPresent();
    }

    /** A submit that a JVM wrote down before it died, with the headers that it was to carry. */
    void writeIntent(String key, String tag, Map<String, Object> headers) {
        ledger.add(record(key, TaskState.INTENT, null, new TaskRecord.Due(inAnHour(), null), tag, headers));
    }

    /** A task that has failed, and is due for delivery. */
    void writeFailure(String key, String tag, Map<String, Object> headers) {
        VideoTask task = new VideoTask(
                "video_" + key,
                key,
                null,
                TaskStatus.FAILED,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                "broken",
                "It broke",
                null);
        ledger.add(record(key, TaskState.ENDED, task, new TaskRecord.Due(inAnHour(), ledger.now()), tag, headers));
    }

    private Instant inAnHour() {
        return ledger.now().plus(Duration.ofHours(1));
    }

    private TaskRecord record(
            String key,
            TaskState state,
            VideoTask result,
            TaskRecord.Due due,
            String tag,
            Map<String, Object> headers) {
        return new TaskRecord(
                "default",
                key,
                null,
                toApis.baseUrl(),
                "remix",
                "{}",
                state,
                result == null ? null : result.id(),
                result == null ? null : TaskJson.write(result),
                null,
                new TaskRecord.Times(ledger.now(), null, null, null, null),
                due,
                0,
                tag,
                headers,
                null,
                null,
                0);
    }

    Exchange order(String route, String id, String prompt) {
        return send("direct:" + route, prompt, Map.of("orderId", id, "CamelSoraVideoId", toApis.addSource()));
    }
}
