package io.github.camelsora.internal.camel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.Internals;
import io.github.camelsora.api.AccountInfo;
import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.LedgerOperator;
import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.api.SubmitCancelledException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskCount;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.toapis.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees and does by {@code sora:ledger}, over real HTTP. */
class LedgerRouteTest extends KeyTestSupport {
    private static final String KEY = "CamelSoraRequestKey";
    private static final String BY = "&actor=joe";

    private Object ask(String options, Object body, Object... headers) throws Exception {
        Exchange out = send("sora:ledger?" + options, body, headers);
        if (out.getException() != null) {
            throw out.getException();
        }
        return out.getMessage().getBody();
    }

    private String refusal(String options, Object body, Object... headers) throws Exception {
        Exchange out = send("sora:ledger?" + options, body, headers);
        assertThat(out.getException()).isInstanceOf(IllegalArgumentException.class);
        return out.getException().getMessage();
    }

    private void submit(String key, String prompt, Object... headers) throws Exception {
        Object[] all = Stream.concat(Stream.of(KEY, key), Stream.of(headers)).toArray();
        send(remix + "&waitForCompletion=false", prompt, all);
    }

    private static ActionResult.Key key(String key) {
        return new ActionResult.Key("default", key);
    }

    private void failATask(String key) throws Exception {
        send(remix, "A puppy [fail]", KEY, key);
        assertThat(recordOf(key).state()).isEqualTo(TaskState.DELIVERED);
    }

    private void loseAnAnswer(String key) throws Exception {
        loseTheNextAnswer();
        send(remix, "A puppy", KEY, key);
        assertThat(recordOf(key).state()).isEqualTo(TaskState.UNKNOWN);
    }

    @SuppressWarnings("unchecked")
    private List<HistoryEntry> historyOf(String key) throws Exception {
        return (List<HistoryEntry>) ask("action=history", key);
    }

    @Test
    @SuppressWarnings("unchecked")
    void recordsAreListedByTheFilterOfTheEndpointOrOfAHeader() throws Exception {
        letTasksRunLong();
        start();
        submit("order-1", "A puppy", "CamelSoraTag", "shop");
        submit("order-2", "A kitten");

        assertThat((List<TaskRecord>) ask("action=list&filter=tag:shop", null))
                .extracting(TaskRecord::key)
                .containsExactly("order-1");
        assertThat((List<TaskRecord>) ask("action=list", null, "CamelSoraFilter", "state:running order-2"))
                .extracting(TaskRecord::key)
                .containsExactly("order-2");
        assertThat((List<TaskRecord>) ask("action=list&sort=created&limit=1", null, "CamelSoraOffset", 1))
                .extracting(TaskRecord::key)
                .containsExactly("order-2");
        // A header cannot widen what the endpoint has narrowed.
        assertThat((List<TaskRecord>) ask("action=list&filter=tag:shop", null, "CamelSoraFilter", "order"))
                .hasSize(1);
    }

    @Test
    @SuppressWarnings("unchecked")
    void recordsAreCountedByTheFilterOfTheEndpointOrOfAHeader() throws Exception {
        options().setCreditPrices("sora-2=20");
        letTasksRunLong();
        start();
        submit("order-1", "A puppy", "CamelSoraTag", "shop");
        submit("order-2", "A kitten");

        assertThat((List<TaskCount>) ask("action=count&filter=tag:shop", null))
                .containsExactly(new TaskCount("default", TaskState.RUNNING, 1, BigDecimal.valueOf(20), 0));
        assertThat((List<TaskCount>) ask("action=count", null, "CamelSoraFilter", "order"))
                .extracting(TaskCount::tasks)
                .containsExactly(2L);
        assertThat((List<TaskCount>) ask("action=count", null, "CamelSoraFilter", "state:unknown"))
                .isEmpty();
    }

    @Test
    void aHeaderCannotTurnTheActionOfTheEndpointIntoAnother() throws Exception {
        start();
        failATask("order-1");

        Object listed = ask("action=get" + BY, "order-1", "CamelSoraAction", "forget", "CamelSoraActor", "a stranger");

        assertThat(listed).isInstanceOf(TaskRecord.class);
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void anActorOfTheEndpointIsFinal() throws Exception {
        start();
        failATask("order-1");

        ask("action=forget" + BY, "order-1", "CamelSoraActor", "a stranger");

        assertThat(historyOf("order-1")).extracting(HistoryEntry::actor).containsExactly("joe");
    }

    @Test
    void withoutAnOptionTheHeadersCountAndAreRemoved() throws Exception {
        start();
        failATask("order-1");

        Exchange out = send(
                "sora:ledger",
                "order-1",
                "CamelSoraAction",
                "FORGET",
                "CamelSoraActor",
                "ann",
                "CamelSoraReason",
                "A test");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeaders())
                .doesNotContainKeys("CamelSoraAction", "CamelSoraActor", "CamelSoraReason");
        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
        assertThat(historyOf("order-1"))
                .extracting(HistoryEntry::actor, HistoryEntry::detail)
                .containsExactly(tuple("ann", "A test"));
    }

    @Test
    void whatIsMissingIsSaidAndNothingIsChanged() throws Exception {
        start();
        failATask("order-1");

        assertThat(refusal("", "order-1")).contains("action", "CamelSoraAction", "Nothing was changed");
        assertThat(refusal("action=forget", "order-1")).contains("actor", "CamelSoraActor", "Nothing was changed");
        assertThat(refusal("action=forget" + BY, null)).contains("key", "Nothing was changed");
        assertThat(refusal("action=forget" + BY, "order-2")).contains("no task with key order-2");
        assertThat(refusal("", "order-1", "CamelSoraAction", "drop")).contains("forget, adopt", "not 'drop'");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "history", "lineage", "cancel", "release", "adopt"})
    void anActionWithoutItsKeyIsRefused(String action) throws Exception {
        start();

        assertThat(refusal("action=" + action + BY, "")).contains("The key of a task is missing");
        assertThat(refusal("action=" + action + BY, null, "CamelSoraAccount", "default"))
                .contains("The key of a task is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"action=drop", "limit=0", "limit=1001", "sort=name", "format=xml"})
    void aWrongOptionIsRefusedWhenTheRouteStarts(String option) throws Exception {
        start();

        assertThatThrownBy(() -> camel.getEndpoint("sora:ledger?" + option).createProducer())
                .isInstanceOfAny(IllegalArgumentException.class, ResolveEndpointFailedException.class);
    }

    @Test
    void theHistoryOfATaskIsReadFromItsSubmitToItsDelivery() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");

        assertThat(historyOf("order-1"))
                .extracting(HistoryEntry::event, HistoryEntry::from, HistoryEntry::to)
                .containsExactly(
                        tuple("SubmitStarted", null, TaskState.INTENT),
                        tuple("SubmitAccepted", TaskState.INTENT, TaskState.RUNNING),
                        tuple("TaskCompleted", TaskState.RUNNING, TaskState.ENDED),
                        tuple("Delivered", TaskState.ENDED, TaskState.DELIVERED));
    }

    @Test
    void withRecordHistoryOffThereIsNone() throws Exception {
        sora().setRecordHistory(false);
        start();

        failATask("order-1");
        ask("action=retry" + BY, "order-1");

        assertThat(historyOf("order-1")).isEmpty();
    }

    @Test
    void aFailedTaskIsPaidForOnceMore() throws Exception {
        start();
        failATask("order-1");

        Object record = ask("action=retry" + BY, "order-1");

        assertThat(record).isInstanceOf(TaskRecord.class);
        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 2);
        assertThat(historyOf("order-1"))
                .filteredOn(HistoryEntry::isAction)
                .extracting(HistoryEntry::event)
                .containsExactly("OperatorRetried");
    }

    @Test
    void theRecordInTheBodyIsActedOnAndNotTheTaskOfAnEarlierStep() throws Exception {
        start();
        failATask("order-1");
        send(remix + "&account=shop", "A puppy [fail]", KEY, "order-1");
        failATask("order-2");
        TaskRecord ofShop = sora().ledger().find("shop", "order-1").orElseThrow();

        ask("action=forget" + BY, ofShop, "CamelSoraTaskKey", "order-2", "CamelSoraAccount", "default");

        assertThat(sora().ledger().find("shop", "order-1")).isEmpty();
        assertThat(recordOf("order-1")).isNotNull();
        assertThat(recordOf("order-2")).isNotNull();
    }

    @Test
    void aLostSubmitIsGivenTheTaskThatTheOperatorHasFound() throws Exception {
        start();
        loseAnAnswer("order-1");
        String taskId = toApis.tasks().stream()
                .filter(task -> !task.id().equals(source))
                .findFirst()
                .orElseThrow()
                .id();

        TaskRecord adopted = (TaskRecord) ask("action=adopt" + BY, "order-1", "CamelSoraTaskId", taskId);

        assertThat(adopted.taskId()).isEqualTo(taskId);
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.ENDED);
        assertThat(historyOf("order-1"))
                .filteredOn(HistoryEntry::isAction)
                .extracting(HistoryEntry::event, HistoryEntry::detail)
                .containsExactly(tuple("LostSubmitFound", "task " + taskId));
        assertPaid(1);
    }

    @Test
    void aTaskOfAnotherIsNotAdopted() throws Exception {
        letTasksRunLong();
        start();
        submit("order-2", "A kitten");
        String others = recordOf("order-2").taskId();
        loseAnAnswer("order-1");

        assertThat(refusal("action=adopt" + BY, "order-1", "CamelSoraTaskId", others))
                .contains("is not its task", "Nothing was changed");
        assertThat(refusal("action=adopt" + BY, "order-1", "CamelSoraTaskId", "video_unknown"))
                .contains("does not know task video_unknown");
        assertThat(refusal("action=adopt" + BY, "order-1")).contains("name the id");
        assertThat(refusal("action=adopt" + BY, "order-2", "CamelSoraTaskId", others))
                .contains("RUNNING", "only a submit whose answer was lost");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.UNKNOWN);
    }

    @Test
    void aTaskThatIsSetAsideIsDeliveredWhenItIsReleased() throws Exception {
        letTasksRunLong();
        start();
        CompletableFuture<Exchange> waiting = begin(remix, "A puppy", KEY, "order-1");
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.RUNNING);

        TaskRecord aside = (TaskRecord) ask("action=setAside" + BY, "order-1");

        assertThat(aside.state()).isEqualTo(TaskState.SET_ASIDE);
        WaitTimedOutException failure = failureOf(waiting.get(), WaitTimedOutException.class);
        assertThat(failure.getTaskId()).isEqualTo(aside.taskId());
        assertThat(failure.getMessage()).contains("operator has set it aside", "was paid for");

        toApis.complete(aside.taskId());
        ask("action=release" + BY, "order-1");

        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.ENDED);
        assertPaid(1);
    }

    @Test
    void aDeliveredTaskIsNotSetAside() throws Exception {
        start();
        failATask("order-1");

        assertThat(refusal("action=setAside" + BY, "order-1")).contains("DELIVERED");
    }

    @Test
    void aSubmitThatWaitsIsCancelledAndIsNotSent() throws Exception {
        start();
        ask("action=pause" + BY, null, "CamelSoraReason", "The bill is too high");
        CompletableFuture<Exchange> waiting = begin(remix, "A puppy", KEY, "order-1");
        await().atMost(LIMIT)
                .until(() -> Internals.of(sora()).runtime().engine().submits.queued() == 1);

        ask("action=cancel" + BY, "order-1");

        SubmitCancelledException failure = failureOf(waiting.get(), SubmitCancelledException.class);
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(failure.getMessage()).contains("order-1", "joe", "Nothing was paid");
        assertThat(refusal("action=cancel" + BY, "order-1")).contains("No submit of key order-1", "in this JVM");
        ask("action=resume" + BY, null);
        assertThat(toApis.books().submitsReceived()).isZero();
        assertThat(historyOf("order-1")).extracting(HistoryEntry::event).containsExactly("SubmitCancelled");
    }

    @Test
    @SuppressWarnings("unchecked")
    void accountsAreDescribedWithWhatIsLeftOfTheirLimits() throws Exception {
        options().setSpendLimit("100/1d");
        options().setCreditPrices("sora-2=20");
        letTasksRunLong();
        start();
        submit("order-1", "A puppy");
        ask("action=pause" + BY, null, "CamelSoraReason", "The bill is too high");

        List<AccountInfo> accounts = (List<AccountInfo>) ask("action=accounts", null);

        assertThat(accounts).singleElement().satisfies(account -> {
            assertThat(account.account()).isEqualTo("default");
            assertThat(account.baseUrls()).hasSize(1);
            assertThat(account.counts()).singleElement().satisfies(count -> {
                assertThat(count.state()).isEqualTo(TaskState.RUNNING);
                assertThat(count.credits()).isEqualByComparingTo("20");
            });
            assertThat(account.limits()).singleElement().satisfies(limit -> assertThat(limit.left())
                    .isEqualByComparingTo("80"));
            assertThat(account.pauses()).extracting(pause -> pause.reason()).containsExactly("The bill is too high");
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void theLineageOfAKeyIsFound() throws Exception {
        start();
        VideoTask first =
                (VideoTask) send(remix, "A puppy", KEY, "order-1").getMessage().getBody();
        send("sora:remix?videoId=" + first.id(), "A red puppy", KEY, "order-2");

        assertThat((List<LineageEntry>) ask("action=lineage", "order-2"))
                .extracting(LineageEntry::key)
                .containsExactly(null, "order-1", "order-2");
    }

    @Test
    void theLineageOfAKeyThatTwoAccountsHaveIsNotGuessed() throws Exception {
        start();
        send(remix, "A puppy", KEY, "order-1");
        send(remix + "&account=shop", "A kitten", KEY, "order-1");

        assertThat(refusal("action=lineage", "order-1")).contains("default, shop");
        assertThat((List<?>) ask("action=lineage", "order-1", "CamelSoraAccount", "shop"))
                .hasSize(2);
    }

    @Test
    @SuppressWarnings("unchecked")
    void theAccountOfTheComponentIsDescribedBeforeAnEndpointUsesIt() throws Exception {
        options().setSpendLimit("100/1d");
        start();

        assertThat((List<AccountInfo>) ask("action=accounts", null))
                .singleElement()
                .satisfies(account -> {
                    assertThat(account.baseUrls()).containsExactly(toApis.baseUrl());
                    assertThat(account.limits()).hasSize(1);
                });
    }

    @Test
    void anActionOnAFilterIsPreviewedFirstAndActsOnExactlyThePreviewedRecords() throws Exception {
        start();
        failATask("order-1");
        failATask("order-2");
        failATask("order-3");

        ActionPreview preview = (ActionPreview) ask("action=forget" + BY, null, "CamelSoraFilter", "order");
        // One goes out of the set, and one would come in.
        ask("action=retry" + BY, "order-2");
        failATask("order-4");
        ActionResult result = (ActionResult) ask("action=forget" + BY, null, "CamelSoraToken", preview.token());

        assertThat(preview.records()).isEqualTo(3);
        assertThat(result.done()).extracting(ActionResult.Key::key).containsExactlyInAnyOrder("order-1", "order-3");
        assertThat(result.changed()).extracting(ActionResult.Key::key).containsExactly("order-2");
        assertThat(result.refused()).isEmpty();
        assertThat(sora().ledger().find("default", "order-1")).isEmpty();
        assertThat(recordOf("order-2")).isNotNull();
        assertThat(recordOf("order-4")).isNotNull();
        assertThat(refusal("action=forget" + BY, null, "CamelSoraToken", preview.token()))
                .contains("no preview", "Nothing was changed");
    }

    @Test
    void aPreviewSaysWhatARetryCosts() throws Exception {
        options().setCreditPrices("sora-2=20");
        start();
        failATask("order-1");
        failATask("order-2");

        ActionPreview preview = (ActionPreview) ask("action=retry&filter=order" + BY, null);

        assertThat(preview.credits()).isEqualByComparingTo("40");
        assertThat(preview.withoutPrice()).isZero();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    @Test
    void theTokenOfOneActionIsNoneOfAnother() throws Exception {
        start();
        failATask("order-1");
        ActionPreview preview = (ActionPreview) ask("action=retry&filter=order" + BY, null);

        assertThat(refusal("action=forget" + BY, null, "CamelSoraToken", preview.token()))
                .contains("retry, not of forget", "Nothing was changed");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.DELIVERED);
    }

    @Test
    void aPreviewNamesTheRecordsThatTheActionIsWrongForAndLeavesThemOut() throws Exception {
        options().setCreditPrices("sora-2=20");
        start();
        failATask("order-1");
        loseAnAnswer("order-2");

        ActionPreview preview = (ActionPreview) ask("action=retry&filter=order" + BY, null);
        ActionResult result = (ActionResult) ask("action=retry" + BY, null, "CamelSoraToken", preview.token());

        assertThat(preview.records()).isEqualTo(1);
        assertThat(preview.credits()).isEqualByComparingTo("20");
        assertThat(preview.refused()).hasEntrySatisfying(key("order-2"), reason -> assertThat(reason)
                .contains("order-2", "UNKNOWN", "adopt it"));
        assertThat(preview.toMap().get("refused"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .extracting("key")
                .isEqualTo("order-2");
        assertThat(result.done()).containsExactly(key("order-1"));
        assertThat(result.toMap()).containsEntry("refused", List.of()).containsKeys("done", "changed");
    }

    @Test
    void anActionThatFitsNoRecordIsPreviewedAndDoesNothing() throws Exception {
        letTasksRunLong();
        start();
        submit("order-1", "A puppy");

        ActionPreview preview = (ActionPreview) ask("action=forget&filter=order" + BY, null);
        ActionResult result = (ActionResult) ask("action=forget" + BY, null, "CamelSoraToken", preview.token());

        assertThat(preview.records()).isZero();
        assertThat(result.done()).isEmpty();
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void anOperatorIsToldWhatCanBeDoneWithARecord() throws Exception {
        start();
        failATask("order-1");
        loseAnAnswer("order-2");
        LedgerOperator operator = sora().operator();

        assertThat(operator.actions(recordOf("order-1")))
                .containsExactlyInAnyOrder(LedgerAction.retry, LedgerAction.forget, LedgerAction.erase);
        assertThat(operator.actions(recordOf("order-2")))
                .containsExactlyInAnyOrder(LedgerAction.adopt, LedgerAction.setAside, LedgerAction.forget);
        ask("action=setAside" + BY, "order-2");
        assertThat(operator.actions(recordOf("order-2")))
                .containsExactlyInAnyOrder(
                        LedgerAction.adopt, LedgerAction.release, LedgerAction.forget, LedgerAction.erase);
        ask("action=pause" + BY, null, "CamelSoraReason", "The bill is too high");
        ask("action=retry" + BY, "order-1");
        assertThat(operator.actions(recordOf("order-1"))).contains(LedgerAction.cancel);
        ask("action=cancel" + BY, "order-1");
        assertThat(operator.actions(recordOf("order-1"))).doesNotContain(LedgerAction.cancel);
    }

    @Test
    void anActionOnEverythingIsRefused() throws Exception {
        start();
        failATask("order-1");

        assertThat(refusal("action=forget" + BY, null, "CamelSoraFilter", " ")).contains("Nothing was changed");
    }

    @Test
    void recordsAreExportedAsCsvAndAsLinesOfJson() throws Exception {
        start();
        submit("order-1", "A secret prompt");
        await().atMost(LIMIT).until(() -> recordOf("order-1").state() == TaskState.ENDED);

        String csv = (String) ask("action=export&format=csv", null);
        String json = (String) ask("action=export", null);

        assertThat(csv.lines()).hasSize(2).first().asString().startsWith("account,key,state,");
        assertThat(csv.lines().skip(1)).singleElement().asString().startsWith("default,order-1,ENDED,remix,");
        Map<String, Object> line = Json.readMap(json.strip()).orElseThrow();
        assertThat(line).containsEntry("key", "order-1").containsEntry("state", "ENDED");
        assertThat(csv + json).doesNotContain("secret", "http");
    }
}
