package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.PollScheduleKind;
import io.github.camelsora.api.TaskListener;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.support.LedgerWithHistory;
import io.github.camelsora.support.SoraTestSupport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a task that runs is expected to end, as far as earlier ones have taught. */
class ExpectedEndRouteTest extends SoraTestSupport {
    private static final String EXPECTED_AT = "CamelSoraExpectedAt";
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final Duration ROUGHLY = Duration.ofMinutes(1);

    private String remix;

    @BeforeEach
    void addASource() {
        remix = "sora:remix?videoId=" + toApis.addSource();
        toApis.taskDuration(Duration.ofHours(1));
    }

    private void startWithHistory() throws Exception {
        sora().setLedger(new LedgerWithHistory(toApis.baseUrl(), USUAL));
        start();
        String first = taskId(submit("first"));
        // It is loaded in the background.
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(status(first).getHeaders()).containsKey(EXPECTED_AT));
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatWasSubmittedIsExpectedToTakeAsLongAsOthers(PollScheduleKind schedule) throws Exception {
        options().setPollSchedule(schedule);
        startWithHistory();
        Instant submittedAt = Instant.now();

        Message out = submit("order-1");

        assertExpectedAfter(submittedAt, out);
    }

    @ParameterizedTest
    @EnumSource
    void statusTellsWhenARunningTaskIsExpectedToEnd(PollScheduleKind schedule) throws Exception {
        options().setPollSchedule(schedule);
        startWithHistory();
        Instant submittedAt = Instant.now();
        String task = taskId(submit("order-1"));

        Message out = status(task);

        assertExpectedAfter(submittedAt, out);
    }

    @Test
    void aKeyWhoseTaskRunsAlreadyIsExpectedToEndWithIt() throws Exception {
        startWithHistory();
        Instant submittedAt = Instant.now();
        submit("order-1");

        Message again = submit("order-1");

        assertExpectedAfter(submittedAt, again);
    }

    @Test
    void whatThisJvmHasSeenEndTeachesIt() throws Exception {
        start();
        toApis.taskDuration(Duration.ofMillis(50));
        IntStream.range(0, 8).forEach(i -> send(remix, "A puppy"));
        toApis.taskDuration(Duration.ofHours(1));
        Instant before = Instant.now();

        Message out = submit("order-1");

        assertThat(out.getHeader(EXPECTED_AT, Instant.class)).isBetween(before, before.plus(ROUGHLY));
    }

    @Test
    void withoutHistoryNothingIsExpected() throws Exception {
        start();

        Message submitted = submit("order-1", EXPECTED_AT, Instant.EPOCH);
        Message seen = status(taskId(submitted), EXPECTED_AT, Instant.EPOCH);

        assertThat(submitted.getHeaders()).containsKey("CamelSoraTaskId").doesNotContainKey(EXPECTED_AT);
        assertThat(seen.getHeaders()).containsKey("CamelSoraProgress").doesNotContainKey(EXPECTED_AT);
    }

    @Test
    void aTaskThatWasSubmittedElsewhereIsLikeNoOther() throws Exception {
        startWithHistory();

        Message seen = status(toApis.addTask(), EXPECTED_AT, Instant.EPOCH);

        assertThat(seen.getHeaders()).containsKey("CamelSoraProgress").doesNotContainKey(EXPECTED_AT);
    }

    @Test
    void aTaskThatHasEndedIsExpectedNoMore() throws Exception {
        startWithHistory();
        toApis.taskDuration(Duration.ofMillis(50));

        Message ended = send(remix, "A puppy", EXPECTED_AT, Instant.EPOCH).getMessage();
        Message seen = status(taskId(ended), EXPECTED_AT, Instant.EPOCH);

        assertThat(ended.getBody(VideoTask.class).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ended.getHeaders()).doesNotContainKey(EXPECTED_AT);
        assertThat(seen.getHeaders()).doesNotContainKey(EXPECTED_AT);
    }

    @Test
    void anotherStepRemovesTheExpectedEnd() throws Exception {
        startWithHistory();
        toApis.credits(0);

        Exchange out = send(remix, "A puppy", EXPECTED_AT, Instant.EPOCH);

        assertThat(out.getException()).isNotNull();
        assertThat(out.getMessage().getHeaders()).doesNotContainKey(EXPECTED_AT);
    }

    @Test
    void aListenerGetsTheExpectedEndWhileTheTaskRuns() throws Exception {
        record Seen(VideoTask task, Instant expectedAt) {}
        List<Seen> seen = new CopyOnWriteArrayList<>();
        sora().setTaskListener(new TaskListener() {
            @Override
            public void seen(VideoTask task) {
                throw new AssertionError("Without the expected end");
            }

            @Override
            public void seen(VideoTask task, Instant expectedAt) {
                seen.add(new Seen(task, expectedAt));
            }
        });
        options().setPollSchedule(PollScheduleKind.FIXED);
        startWithHistory();
        seen.clear();
        toApis.taskDuration(Duration.ofMillis(200));
        Instant submittedAt = Instant.now();

        String task = taskId(send(remix, "A puppy").getMessage());

        List<Seen> ofTask =
                seen.stream().filter(s -> task.equals(s.task().id())).toList();
        assertThat(ofTask).hasSizeGreaterThan(1).allSatisfy(s -> {
            if (s.task().status().isTerminal()) {
                assertThat(s.expectedAt()).isNull();
            } else {
                assertThat(s.expectedAt()).isAfter(submittedAt.plus(USUAL).minus(ROUGHLY));
            }
        });
    }

    private static void assertExpectedAfter(Instant submittedAt, Message out) {
        Instant usual = submittedAt.plus(USUAL);
        assertThat(out.getHeader(EXPECTED_AT)).isInstanceOf(Instant.class);
        assertThat(out.getHeader(EXPECTED_AT, Instant.class)).isBetween(usual.minus(ROUGHLY), usual.plus(ROUGHLY));
    }

    private Message submit(String key, Object... headers) {
        return send(remix + "&waitForCompletion=false&requestKey=" + key, "A puppy", headers)
                .getMessage();
    }

    private Message status(String taskId, Object... headers) {
        return send("sora:status?taskId=" + taskId, null, headers).getMessage();
    }

    private static String taskId(Message message) {
        return message.getHeader("CamelSoraTaskId", String.class);
    }
}
