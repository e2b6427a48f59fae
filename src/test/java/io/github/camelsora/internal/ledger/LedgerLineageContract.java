package io.github.camelsora.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsora.api.LineageEntry;
import io.github.camelsora.api.TaskPrice;
import io.github.camelsora.api.TaskRecord;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a video was made from, and what was made from it. */
interface LedgerLineageContract extends LedgerUnderTest {

    /** A task whose id is {@code video_of_} and its key. */
    default TaskRecord made(String key, String sourceId) {
        TaskRecord intent = added(LedgerRecords.madeFrom("default", key, sourceId));
        return ledger().replace(intent.accepted("video_of_" + key, LedgerRecords.NOON, LedgerRecords.NOON))
                .orElseThrow();
    }

    default List<LineageEntry> lineage(String keyOrTaskId) {
        return Lineage.find(ledger(), "default", keyOrTaskId);
    }

    @Test
    default void recordsAreFoundByTheirSource() {
        TaskRecord one = made("key-1", "video_0");
        TaskRecord other = made("key-2", "video_0");
        made("key-3", "video_1");
        added(LedgerRecords.madeFrom("another account", "key-4", "video_0"));

        assertThat(ledger().findBySource("default", "video_0", 10)).containsExactlyInAnyOrder(one, other);
        assertThat(ledger().findBySource("default", "video_0", 1)).hasSize(1);
        assertThat(ledger().findBySource("default", "video_2", 10)).isEmpty();
    }

    @Test
    default void aLineageGoesUpAndDown() {
        made("a", "video_0");
        made("b", "video_of_a");
        made("c", "video_of_b");
        made("d", "video_of_b");
        made("e", "video_of_d");
        made("sibling", "video_of_a");

        assertThat(lineage("b"))
                .extracting(LineageEntry::generation, LineageEntry::key, LineageEntry::taskId)
                .containsExactlyInAnyOrder(
                        tuple(-2, null, "video_0"),
                        tuple(-1, "a", "video_of_a"),
                        tuple(0, "b", "video_of_b"),
                        tuple(1, "c", "video_of_c"),
                        tuple(1, "d", "video_of_d"),
                        tuple(2, "e", "video_of_e"));
        assertThat(lineage("b")).extracting(LineageEntry::generation).isSorted();
        assertThat(lineage("video_of_b")).isEqualTo(lineage("b"));
    }

    @Test
    default void aLineageHasPrices() {
        TaskRecord running = made("key-1", "video_0");
        ledger().replace(running.withPrice(running.price().charging(BigDecimal.valueOf(18))));

        assertThat(lineage("key-1"))
                .last()
                .extracting(LineageEntry::price)
                .isEqualTo(new TaskPrice(BigDecimal.valueOf(20), BigDecimal.valueOf(18)));
    }

    @Test
    default void sourcesInACircleAreListedOnce() {
        made("a", "video_of_c");
        made("b", "video_of_a");
        made("c", "video_of_b");
        made("self", "video_of_self");

        assertThat(lineage("a")).extracting(LineageEntry::key).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(lineage("self")).extracting(LineageEntry::key).containsExactly("self");
    }

    @Test
    default void aSourceThatWasMadeElsewhereHasALineage() {
        made("key-1", "video_0");
        made("key-2", "video_of_key-1");

        assertThat(lineage("video_0"))
                .extracting(LineageEntry::generation, LineageEntry::key)
                .containsExactly(tuple(0, null), tuple(1, "key-1"), tuple(2, "key-2"));
        assertThat(lineage("video_9")).isEmpty();
    }

    /** The service writes the id of one task in several forms. */
    @Test
    default void whatWasMadeFromAnotherFormOfAnIdIsFound() {
        TaskRecord running = made("key-1", "video_0");
        ledger().replace(
                        running.ended("{\"status\": \"COMPLETED\", \"raw\": {\"id\": \"tsk_1\"}}", LedgerRecords.NOON));
        made("key-2", "tsk_1");

        assertThat(lineage("key-1")).extracting(LineageEntry::key).containsExactly(null, "key-1", "key-2");
    }
}
