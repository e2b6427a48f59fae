package io.github.camelsora.crash;

import io.github.camelsora.crash.DeliveryJournal.Entry;
import io.github.camelsora.crash.LedgerRows.Row;
import java.util.List;

/**
 * A node was killed, or frozen for some time. Times are milliseconds of the machine's clock.
 *
 * @param node the node's name
 * @param from the earliest time at which the outage can have begun
 * @param until the latest time at which it can have begun
 * @param resumedAt when the node was resumed; 0 after a kill
 */
record NodeOutage(String node, long from, long until, long resumedAt) {

    /**
     * Tells whether this outage can lie between a delivery on the node and the record of that delivery in the ledger.
     *
     * @param delivery a delivery, possibly on the node
     * @param all all deliveries of the same key
     * @param row the record of that key
     */
    boolean couldInterrupt(Entry delivery, List<Entry> all, Row row) {
        if (!delivery.node().equals(node) || row.deliveredAt() < from) {
            return false;
        }
        // A claim keeps other nodes out. So if another node received the task before this one was resumed, this one had
        // claimed it before the freeze, even if its route received it later.
        return delivery.receivedAt() <= until
                || all.stream().anyMatch(other -> !other.node().equals(node) && other.receivedAt() <= resumedAt);
    }
}
