package io.github.camelsora.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.Operator;
import io.github.camelsora.internal.ledger.memory.MemoryTaskLedger;
import io.github.camelsora.internal.toapis.KeyProblem;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.ManualTime;
import io.github.camelsora.support.TaskTestSupport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the history says of the pauses of an account. */
class PauseHistoryTest extends TaskTestSupport {
    private static final String WHY = "The bill is too high";

    /** The oldest first. */
    private List<HistoryEntry> lines() {
        List<HistoryEntry> latestFirst = ledger.history().orElseThrow().findActions(ACCOUNT, 10);
        return latestFirst.stream()
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .toList();
    }

    private void runOutOfCredits() {
        engine.pauses.begin(
                service(), new KeyProblem(Cause.NO_CREDITS, service().keyFingerprint()), "HTTP 402", null);
    }

    @Test
    void itNamesTheOperatorsWhoHavePausedAndResumedAnAccount() {
        engine.pauses.pause(ACCOUNT, new Operator("joe", WHY));
        passSeconds(1);
        engine.pauses.resume(ACCOUNT, new Operator("ann", "Paid"));

        assertThat(lines())
                .satisfiesExactly(
                        paused -> assertThat(paused)
                                .isEqualTo(new HistoryEntry(
                                        ACCOUNT, null, 0, paused.at(), "AccountPaused", null, null, NODE, "joe", WHY)),
                        resumed -> {
                            assertThat(resumed.event()).isEqualTo("AccountResumed");
                            assertThat(resumed.actor()).isEqualTo("ann");
                            assertThat(resumed.key()).isNull();
                            assertThat(resumed.detail()).startsWith("Paid (").contains("OPERATOR since", WHY);
                        });
    }

    @Test
    void oneCommandThatEndsTwoPausesIsOneLine() {
        engine.pauses.pause(ACCOUNT, new Operator("joe", WHY));
        runOutOfCredits();
        passSeconds(1);

        engine.pauses.resume(ACCOUNT, new Operator("ann", null));

        assertThat(lines())
                .filteredOn(line -> line.event().equals("AccountResumed"))
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("OPERATOR", WHY, "NO_CREDITS", "HTTP 402"));
    }

    @Test
    void theActorOfAPauseAfterAnAnswerIsTheNode() {
        runOutOfCredits();
        passSeconds(60);

        assertThat(lines()).extracting(HistoryEntry::event).containsExactly("AccountPaused", "AccountResumed");
        assertThat(lines()).extracting(HistoryEntry::actor).containsExactly(NODE, NODE);
        assertThat(lines().get(0).detail()).isEqualTo("NO_CREDITS: HTTP 402");
        assertThat(lines().get(1).detail()).contains("NO_CREDITS since", "the balance covers");
    }

    @Test
    void aPauseThatAnotherJvmHasBegunAndEndedHasNoLineOfThisOne() {
        toApis.on(Call.BALANCE).answer(200, "{\"success\": true, \"remain_credits\": 0}");
        AccountPause theirs = new AccountPause(
                ACCOUNT,
                toApis.baseUrl(),
                service().keyFingerprint(),
                Cause.NO_CREDITS,
                "m",
                "node-2",
                ledger.now(),
                null);
        ledger.pauses().orElseThrow().add(theirs);
        engine.pauses.refresh(List.of(service()));
        ledger.pauses().orElseThrow().remove(theirs);

        engine.pauses.refresh(List.of(service()));
        engine.pauses.end(theirs, "the balance covers a submit");

        assertThat(lines()).isEmpty();
    }

    @Test
    void aCommandThatChangesNothingHasNoLine() {
        engine.pauses.pause(ACCOUNT, new Operator("joe", WHY));

        assertThatThrownBy(() -> engine.pauses.pause(ACCOUNT, new Operator("ann", "Again")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.pauses.resume("other", new Operator("ann", null)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(lines()).extracting(HistoryEntry::actor).containsExactly("joe");
    }

    @Test
    void withoutARecordedHistoryNothingIsWritten() {
        MemoryTaskLedger unrecorded = new MemoryTaskLedger(clock(), 10);
        PauseHistory history = new PauseHistory(unrecorded, NODE, false);

        history.paused(AccountPause.byOperator(ACCOUNT, WHY, NODE, unrecorded.now()), new Operator("joe", WHY));

        assertThat(unrecorded.history().orElseThrow().findActions(null, 10)).isEmpty();
    }

    @Test
    void aNodeWithALongNameIsCut() {
        MemoryTaskLedger memory = new MemoryTaskLedger(new ManualTime()::instant, 10);
        PauseHistory history = new PauseHistory(memory, "n".repeat(260), true);

        history.pausedByItself(AccountPause.byOperator(ACCOUNT, WHY, NODE, memory.now()));

        assertThat(memory.history().orElseThrow().findActions(null, 10))
                .singleElement()
                .satisfies(line -> assertThat(line.actor()).hasSize(HistoryEntry.LONGEST_ACTOR));
    }
}
