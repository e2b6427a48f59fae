package io.github.camelsora.internal.camel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.api.ActionPreview;
import io.github.camelsora.api.ActionResult;
import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.support.FaultyLedger;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An action on many records during which the ledger fails. */
class InterruptedActionTest extends KeyTestSupport {
    private static final Operator JOE = new Operator("joe", null);

    private final FaultyLedger ledger = new FaultyLedger(new MemoryTaskLedger(InstantSource.system(), 100));

    @BeforeEach
    void failThreeTasks() throws Exception {
        sora().setLedger(ledger);
        start();
        for (String key : List.of("order-1", "order-2", "order-3")) {
            send(remix, "A puppy [fail]", "CamelSoraRequestKey", key, "CamelSoraCorrelationId", "process-1");
        }
    }

    private static List<ActionResult.Key> keys(String... keys) {
        return List.of(keys).stream()
                .map(key -> new ActionResult.Key("default", key))
                .toList();
    }

    private ActionPreview preview() {
        return sora().operator().preview(LedgerAction.forget, keys("order-1", "order-2", "order-3"));
    }

    private ActionResult act(String token) {
        return sora().operator().act(LedgerAction.forget, token, JOE);
    }

    @Test
    void theResultSaysWhatWasDoneAndTheTokenCountsForTheRest() {
        ActionPreview preview = preview();
        ledger.onceBeforeFind(() -> ledger.onceBeforeFind(ledger::fail));

        ActionResult interrupted = act(preview.token());
        ledger.recover();
        ActionResult rest = act(preview.token());

        assertThat(interrupted.done()).isEqualTo(keys("order-1"));
        assertThat(interrupted.notReached()).isEqualTo(keys("order-3", "order-2"));
        assertThat(interrupted.problem()).contains("key order-2", "not available", "same token");
        assertThat(interrupted.toMap()).containsKeys("notReached", "problem");
        assertThat(rest.done()).isEqualTo(keys("order-3", "order-2"));
        assertThat(rest.notReached()).isEmpty();
        assertThat(rest.problem()).isNull();
        assertThatThrownBy(() -> act(preview.token())).hasMessageContaining("in the JVM that gave it");
    }

    @Test
    void aRetryDuringWhichTheLedgerFailsPaysOnceForEachKey() {
        ActionPreview preview = sora().operator().preview(LedgerAction.retry, keys("order-1", "order-2", "order-3"));
        ledger.onceWritten(TaskState.INTENT, ledger::fail);

        ActionResult interrupted = sora().operator().act(LedgerAction.retry, preview.token(), JOE);
        ledger.recover();
        ActionResult rest = sora().operator().act(LedgerAction.retry, preview.token(), JOE);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 6 && haveEnded());
        assertThat(interrupted.notReached()).containsAll(keys("order-2", "order-3"));
        assertThat(rest.notReached()).isEmpty();
        assertThat(toApis.books().submitsReceived()).isEqualTo(6);
        assertThat(toApis.books().acceptedByKey())
                .containsOnly(Map.entry("order-1", 2), Map.entry("order-2", 2), Map.entry("order-3", 2));
    }

    @Test
    void aRecordThatAnotherOperatorRetriesBetweenTheReadAndTheWriteIsNotPaidTwice() {
        ActionPreview preview = sora().operator().preview(LedgerAction.retry, keys("order-1"));
        ledger.onceAfterFind(() -> sora().operator().retry("default", "order-1", JOE));

        ActionResult result = sora().operator().act(LedgerAction.retry, preview.token(), JOE);

        await().atMost(LIMIT).until(() -> toApis.books().submitsAccepted() == 4 && haveEnded());
        assertThat(result.changed()).isEqualTo(keys("order-1"));
        assertThat(result.done()).isEmpty();
        assertThat(toApis.books().submitsReceived()).isEqualTo(4);
    }

    private boolean haveEnded() {
        return Stream.of("order-1", "order-2", "order-3")
                .map(key -> ledger.find("default", key).orElseThrow().state())
                .allMatch(state -> state == TaskState.ENDED || state == TaskState.DELIVERED);
    }

    @Test
    void theProblemHoldsNoAddressOfTheDatabase() {
        ActionPreview preview = preview();
        ledger.onceBeforeFind(() -> {
            throw new IllegalStateException("No connection to jdbc:postgresql://sora:s3cret@db/sora");
        });

        assertThat(act(preview.token()).problem()).contains("No connection").doesNotContain("s3cret");
    }

    @Test
    void anActionThatReachesNothingLeavesItsTokenAsItIs() {
        ActionPreview preview = preview();
        ledger.fail();

        assertThat(act(preview.token()).notReached()).hasSize(3);
        ledger.recover();

        assertThat(act(preview.token()).done()).hasSize(3);
    }

    @Test
    void anErasureWithoutATokenSaysThatTheCommandIsToBeGivenAgain() {
        ledger.onceBeforeFind(() -> ledger.onceBeforeFind(ledger::fail));

        ActionResult interrupted = sora().operator().erase(null, "process-1", JOE);
        ledger.recover();

        assertThat(interrupted.done()).hasSize(1);
        assertThat(interrupted.notReached()).hasSize(2);
        assertThat(interrupted.problem()).contains("give the command once more");
        assertThat(sora().operator().erase(null, "process-1", JOE).done()).hasSize(3);
    }
}
