package io.github.camelsora.internal.camel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.Internals;
import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.StorePrompt;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.simulator.Call;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a user's texts stands in the ledger, by {@code storePrompt} and after {@code sora:ledger?action=erase}. */
class PrivacyRouteTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";
    private static final String PROMPT = "A zeppelin over Ulm";
    private static final String OTHER = "A zeppelin over Bonn";
    private static final String CUSTOMER = "Customer";
    private static final String CORRELATION = "CamelSoraCorrelationId";
    private static final Operator JOE = new Operator("joe", "The customer has asked for it");

    /** A task that has failed, with its prompt in several places. */
    private static final String QUOTING = """
            {"id": "task_1", "status": "failed", "prompt": "A zeppelin over Ulm", "revised": "Big zeppelin",
             "input": {"text": "A zeppelin over Ulm"}, "remixed_from_video_id": "video_0",
             "error": {"code": "content_policy", "message": "A zeppelin over Ulm is not allowed"}}
            """;

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

    @AfterEach
    void closeTheDatabase() {
        camel.stop();
        database.dispose();
    }

    private void start(StorePrompt storePrompt) throws Exception {
        sora().setDataSource(database);
        options().setStorePrompt(storePrompt);
        start();
    }

    /** All values of all tables. */
    private String dump() throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = connection.getMetaData().getTables(null, "PUBLIC", null, null)) {
                while (names.next()) {
                    tables.add(names.getString("TABLE_NAME"));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        dump.append(table);
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            dump.append(' ').append(rows.getString(i));
                        }
                        dump.append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }

    private VideoTask video(String prompt, String key) {
        return send(remix, prompt, KEY, key).getMessage().getBody(VideoTask.class);
    }

    private ActionResult erase(String correlationId) throws Exception {
        Exchange out = send("sora:ledger?action=erase&actor=joe", null, CORRELATION, correlationId);
        if (out.getException() != null) {
            throw out.getException();
        }
        return out.getMessage().getBody(ActionResult.class);
    }

    @Test
    void byDefaultThePromptIsInTheLedger() throws Exception {
        start(StorePrompt.full);

        video(PROMPT, "order-1");

        assertThat(dump()).contains(PROMPT);
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void theServiceIsSentThePromptAndTheLedgerDoesNotHaveIt(StorePrompt storePrompt) throws Exception {
        start(storePrompt);

        VideoTask video = video(PROMPT, "order-1");

        assertThat(promptOf(video.id())).isEqualTo(PROMPT);
        assertThat(recordOf("order-1").result()).contains(video.videoUrl());
        assertThat(dump()).contains("order-1", "sora-2").doesNotContain("zeppelin");
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void aFailedTaskAndAQuoteInItsMessageLeaveNoPromptEither(StorePrompt storePrompt) throws Exception {
        start(storePrompt);

        send(remix, PROMPT + " [fail]", KEY, "order-1");

        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.DELIVERED);
        assertThat(dump()).doesNotContain("zeppelin");
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void whatTheServiceQuotesOfThePromptIsNotStored(StorePrompt storePrompt) throws Exception {
        toApis.on(Call.SUBMIT).answer(200, "{\"id\":\"task_1\",\"status\":\"queued\"}");
        toApis.on(Call.STATUS).answer(200, QUOTING);
        start(storePrompt);

        Exchange out = send(remix, PROMPT, KEY, "order-1");

        failureOf(out, TaskFailedException.class);
        assertThat(recordOf("order-1").result()).contains("content_policy", "\"remixed_from_video_id\":\"video_0\"");
        assertThat(dump()).contains("task_1").doesNotContain("zeppelin");
    }

    @Test
    void whatTheServiceQuotesOfThePromptIsErased() throws Exception {
        toApis.on(Call.SUBMIT).answer(200, "{\"id\":\"task_1\",\"status\":\"queued\"}");
        toApis.on(Call.STATUS).answer(200, QUOTING);
        start(StorePrompt.full);
        send(remix, PROMPT, KEY, "order-1", CORRELATION, "process-1");
        String before = dump();

        erase("process-1");

        assertThat(before).contains(PROMPT + " is not allowed", "input");
        assertThat(recordOf("order-1").result()).contains("content_policy");
        assertThat(dump()).doesNotContain("zeppelin");
    }

    @ParameterizedTest
    @EnumSource
    void theSameRequestUnderItsKeyIsNotPaidAgain(StorePrompt storePrompt) throws Exception {
        start(storePrompt);
        VideoTask first = video(PROMPT, "order-1");

        VideoTask again = video(PROMPT, "order-1");

        assertThat(again.id()).isEqualTo(first.id());
        assertPaid(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"full", "hash"})
    void anotherPromptUnderTheKeyIsAConflict(StorePrompt storePrompt) throws Exception {
        start(storePrompt);
        video(PROMPT, "order-1");

        Exchange out = send(remix, OTHER, KEY, "order-1");

        failureOf(out, KeyConflictException.class);
        assertPaid(1);
    }

    @Test
    void withoutAnyPromptRequestsThatDifferInItOnlyAreTheSame() throws Exception {
        start(StorePrompt.none);
        VideoTask first = video(PROMPT, "order-1");

        VideoTask other = video(OTHER, "order-1");

        assertThat(other.id()).isEqualTo(first.id());
        failureOf(send(remix + "&model=sora-2-pro", OTHER, KEY, "order-1"), KeyConflictException.class);
        assertPaid(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRecordIsComparedAsItWasStoredWhenTheOptionHasChangedSince(StorePrompt later) throws Exception {
        start(StorePrompt.hash);
        video(PROMPT, "order-1");

        String uri = remix + "&storePrompt=" + later;
        send(uri, PROMPT, KEY, "order-1");

        failureOf(send(uri, OTHER, KEY, "order-1"), KeyConflictException.class);
        assertPaid(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"hash", "none"})
    void aRequestWhosePromptIsNotStoredIsNotRetried(StorePrompt storePrompt) throws Exception {
        start(storePrompt);
        send(remix, PROMPT + " [fail]", KEY, "order-1");
        TaskRecord failed = recordOf("order-1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sora().operator().retry(null, "order-1", JOE))
                .withMessageContaining("order-1")
                .withMessageContaining("prompt is not stored")
                .withMessageContaining("Nothing was sent");

        assertThat(recordOf("order-1")).isEqualTo(failed);
        assertPaid(1);
    }

    @Test
    void aLostSubmitIsFoundWithoutItsPrompt() throws Exception {
        start(StorePrompt.hash);
        loseTheNextAnswer();
        send(remix, PROMPT, KEY, "order-1");
        String taskId = toApis.tasks().stream()
                .filter(task -> !task.id().equals(source))
                .findFirst()
                .orElseThrow()
                .id();

        TaskRecord adopted = sora().operator().adopt(null, "order-1", taskId, JOE);

        assertThat(adopted.taskId()).isEqualTo(taskId);
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.ENDED);
        assertThat(dump()).doesNotContain("zeppelin");
        assertPaid(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTasksOfAProcessAreErasedInEachAccountAndAreNotPaidAgain(boolean isInMemory) throws Exception {
        if (!isInMemory) {
            sora().setDataSource(database);
        }
        options().setCarryHeaders(CUSTOMER);
        start();
        String second = remix + "&account=second";
        for (String uri : List.of(remix, second)) {
            send(uri, PROMPT, KEY, "order-1", CORRELATION, "process-1", CUSTOMER, "Jane Roe");
        }
        send(remix, "A puppy", KEY, "order-2", CORRELATION, "process-2", CUSTOMER, "John Doe");
        TaskRecord before = recordOf("order-1");

        ActionResult result = erase("process-1");

        assertThat(result.done())
                .containsExactlyInAnyOrder(
                        new ActionResult.Key("default", "order-1"), new ActionResult.Key("second", "order-1"));
        assertThat(result.changed()).isEmpty();
        assertThat(result.refused()).isEmpty();
        List<TaskRecord> erased = List.of(
                recordOf("order-1"), sora().ledger().find("second", "order-1").orElseThrow());
        assertThat(erased).allSatisfy(record -> {
            assertThat(record.state()).isEqualTo(TaskState.DELIVERED);
            assertThat(record.request() + record.result()).doesNotContain("zeppelin");
            assertThat(record.carriedHeaders()).isEmpty();
        });
        assertThat(erased.get(0).taskId()).isEqualTo(before.taskId());
        assertThat(erased.get(0).version()).isEqualTo(before.version() + 1);
        assertThat(sora().ledger().isForgotten(before)).isFalse();
        assertThat(recordOf("order-2").request()).contains("A puppy");
        assertThat(recordOf("order-2").carriedHeaders()).containsEntry(CUSTOMER, "John Doe");
        assertThat(dump()).doesNotContain("zeppelin", "Jane Roe");
        for (String uri : List.of(remix, second)) {
            send(uri, PROMPT, KEY, "order-1");
            failureOf(send(uri, OTHER, KEY, "order-1"), KeyConflictException.class);
        }
        assertThat(toApis.books().submitsReceived()).isEqualTo(3);
    }

    @Test
    void anErasureIsInTheHistoryAndEarlierReasonsAreNot() throws Exception {
        start(StorePrompt.full);
        letTasksRunLong();
        send(remix + "&waitForCompletion=false", PROMPT, KEY, "order-1", CORRELATION, "process-1");
        sora().operator().setAside(null, "order-1", new Operator("ann", "Jane Roe has called"));

        sora().operator().erase("default", "process-1", JOE);

        assertThat(sora().operator().history(null, "order-1"))
                .filteredOn(HistoryEntry::isAction)
                .extracting(HistoryEntry::event, HistoryEntry::actor, HistoryEntry::detail)
                .containsExactly(tuple("OperatorSetAside", "ann", null), tuple("PromptErased", "joe", JOE.reason()));
        assertThat(dump()).doesNotContain("Jane Roe", "zeppelin");
    }

    @Test
    void aTaskThatWasSetAsideAndErasedIsStillFollowedWhenItIsReleased() throws Exception {
        start(StorePrompt.full);
        letTasksRunLong();
        send(remix + "&waitForCompletion=false", PROMPT, KEY, "order-1", CORRELATION, "process-1");
        TaskRecord aside = sora().operator().setAside(null, "order-1", JOE);
        erase("process-1");

        sora().operator().release(null, "order-1", JOE);
        toApis.complete(aside.taskId());

        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.ENDED);
        assertThat(dump()).doesNotContain("zeppelin");
    }

    @Test
    void aTaskThatRunsIsRefusedByNameAndStaysAsItIs() throws Exception {
        start(StorePrompt.full);
        letTasksRunLong();
        send(remix + "&waitForCompletion=false", PROMPT, KEY, "order-1", CORRELATION, "process-1");
        TaskRecord running = recordOf("order-1");

        ActionResult result = erase("process-1");

        assertThat(result.done()).isEmpty();
        assertThat(result.refused())
                .containsOnlyKeys(new ActionResult.Key("default", "order-1"))
                .allSatisfy((key, reason) -> assertThat(reason).contains("RUNNING", "set it aside"));
        assertThat(recordOf("order-1")).isEqualTo(running);
    }

    @Test
    void anErasedFailureIsNotRetried() throws Exception {
        start(StorePrompt.full);
        send(remix, PROMPT + " [fail]", KEY, "order-1", CORRELATION, "process-1");
        erase("process-1");
        erase("process-1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sora().operator().retry(null, "order-1", JOE))
                .withMessageContaining("was erased");
        failureOf(send(remix, OTHER, KEY, "order-1"), KeyConflictException.class);
        assertPaid(1);
    }

    @Test
    void aFilterIsPreviewedFirst() throws Exception {
        start(StorePrompt.full);
        video(PROMPT, "order-1");
        String erase = "sora:ledger?action=erase&actor=joe";

        ActionPreview preview =
                send(erase, null, "CamelSoraFilter", "order").getMessage().getBody(ActionPreview.class);
        String kept = recordOf("order-1").request();
        ActionResult result = send(erase, null, "CamelSoraToken", preview.token())
                .getMessage()
                .getBody(ActionResult.class);

        assertThat(kept).contains(PROMPT);
        assertThat(result.done()).containsExactly(new ActionResult.Key("default", "order-1"));
        assertThat(dump()).doesNotContain("zeppelin");
    }

    @Test
    void withoutACorrelationIdNothingIsErased() throws Exception {
        start(StorePrompt.full);
        video(PROMPT, "order-1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> erase(null))
                .withMessageContaining("correlation id")
                .withMessageContaining("Nothing was changed");
        assertThatIllegalArgumentException().isThrownBy(() -> erase(" "));
        assertThat(recordOf("order-1").request()).contains(PROMPT);
    }

    @Test
    void aKeyIsNotErasedWhileAnotherSubmitOfItWaitsToBeSent() throws Exception {
        toApis.on(Call.SUBMIT).times(1).answer(400, "{\"error\":{\"code\":\"invalid_request\",\"message\":\"No\"}}");
        start(StorePrompt.full);
        send(remix, PROMPT, KEY, "order-1", CORRELATION, "process-1");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.REJECTED);
        sora().operator().pause("default", JOE);
        CompletableFuture<Exchange> waiting = begin(remix, PROMPT, KEY, "order-1", CORRELATION, "process-1");
        await().atMost(LIMIT)
                .until(() -> Internals.of(sora()).runtime().engine().submits.queued() == 1);

        ActionResult refused = erase("process-1");
        sora().operator().cancel("default", "order-1", JOE);
        waiting.get();
        ActionResult erased = erase("process-1");

        assertThat(refused.done()).isEmpty();
        assertThat(refused.refused().values()).singleElement().satisfies(reason -> assertThat(reason)
                .contains("another submit of it waits in this JVM", "Cancel that one first"));
        assertThat(erased.done()).hasSize(1);
        assertThat(dump()).contains("order-1").doesNotContain("zeppelin");
    }
}
