package io.github.camelsora.crash;

import io.github.camelsora.crash.Journal.Entry;
import io.github.camelsora.crash.LedgerRows.Row;
import java.util.List;

/**
 * A node was killed, or frozen for a while. Times are in milliseconds of the machine's clock.
 *
 * @param node its name
 * @param from when it began at the earliest
 * @param until when it had begun at the latest
 * @param thawedAt when it went on; 0 if it never did
 */
record Outage(String node, long from, long until, long thawedAt) {

    /**
     * Tells whether it fell between the moment at which the node took a task from the ledger and its record of that.
     *
     * @param taken what the node has noted
     * @param all all that was noted of the task
     * @param row the task in the ledger
     */
    boolean interrupted(Entry taken, List<Entry> all, Row row) {
        if (!taken.node().equals(node) || row.deliveredAt() < from) {
            return false;
        }
        // Who has it in hand keeps others from taking it. So if another had it before the thaw, this one took it before
        // the
        // frost, whenever its route got to see it.
        return taken.handedOverAt() <= until
                || all.stream().anyMatch(other -> !other.node().equals(node) && other.handedOverAt() <= thawedAt);
    }
}
