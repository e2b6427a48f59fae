package io.github.camelsora.crash;

import io.github.camelsora.crash.DeliveryJournal.Entry;
import io.github.camelsora.crash.DeliveryJournal.Receiver;
import io.github.camelsora.crash.LedgerRows.Row;
import io.github.camelsora.internal.toapis.WireKey;
import io.github.camelsora.simulator.SimulatedTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the simulator's books, the journals of deliveries and the ledger. Each accepted remix is delivered, no key is
 * accepted twice, no record is left in flight, and each second delivery has a reason: an outage of a node between its
 * delivery and the record of it.
 */
final class InvariantCheck {
    private final Scenario scenario;
    private final Optional<LedgerRows> ledger;
    private final Map<String, Integer> accepted;
    private final Map<String, String> keysByTaskId;
    private final Map<String, List<Entry>> deliveries;
    private final Set<String> reportedLost;
    private final List<String> violations = new ArrayList<>();
    private final List<String> reasonsForDuplicates = new ArrayList<>();
    private int deliveredTwice;
    private int answeredOnRedelivery;

    /**
     * Compares.
     *
     * @param scenario the scenario whose nodes have run
     * @param ledger the ledger after the last node has ended; empty while a node runs
     */
    InvariantCheck(Scenario scenario, Optional<LedgerRows> ledger) {
        this.scenario = scenario;
        this.ledger = ledger;
        List<Entry> entries = scenario.journals().all();
        accepted = new TreeMap<>(scenario.simulator().books().acceptedByKey());
        // After the journals were read, so that each task in them is here.
        keysByTaskId = scenario.simulator().tasks().stream()
                .filter(task -> task.clientBusinessId() != null)
                .collect(Collectors.toMap(SimulatedTask::id, task -> WireKey.userKey(task.clientBusinessId())));
        deliveries = entries.stream()
                .filter(entry -> !entry.isLost())
                .sorted(Comparator.comparingLong(Entry::doneAt))
                .collect(Collectors.groupingBy(Entry::key, TreeMap::new, Collectors.toList()));
        reportedLost = entries.stream().filter(Entry::isLost).map(Entry::key).collect(Collectors.toSet());
        accepted.forEach(this::checkAccepted);
        deliveries.forEach(this::checkDeliveries);
        ledger.ifPresent(rows -> rows.all().forEach(this::checkRow));
    }

    private void checkAccepted(String key, int times) {
        if (times > 1) {
            violations.add("PAID " + times + " TIMES: " + describe(key));
        }
        if (!deliveries.containsKey(key)) {
            violations.add("LOST: " + describe(key));
        }
    }

    private void checkDeliveries(String key, List<Entry> entries) {
        for (Entry entry : entries) {
            String paidKey = keysByTaskId.getOrDefault(entry.taskId(), "none: the simulator has no such task");
            if (!key.equals(paidKey)) {
                violations.add("WRONG TASK: " + entry + " was submitted under key " + paidKey + "; " + describe(key));
            }
        }
        List<Entry> counted =
                entries.stream().filter(entry -> !isAnswerToRedelivery(entry)).toList();
        answeredOnRedelivery += entries.size() - counted.size();
        if (counted.size() > 1) {
            deliveredTwice++;
            ledger.ifPresent(rows -> explainDuplicates(key, counted, rows));
        }
    }

    /** A redelivered message gets the result of its key even if another route has it already: this is no duplicate. */
    private boolean isAnswerToRedelivery(Entry entry) {
        return entry.receiver() == Receiver.WAITING && scenario.broker().hasRedelivered(entry.key(), entry.node());
    }

    /** All deliveries but one must be on nodes with an outage between the delivery and its record in the ledger. */
    private void explainDuplicates(String key, List<Entry> counted, LedgerRows rows) {
        List<String> reasons = counted.stream()
                .flatMap(entry -> scenario.outages().stream().filter(outage -> rows.find(key)
                        .filter(row -> outage.couldInterrupt(entry, counted, row))
                        .isPresent()))
                .map(NodeOutage::toString)
                .distinct()
                .toList();
        long nodes = counted.stream().map(Entry::node).distinct().count();
        if (nodes < counted.size() || reasons.size() < counted.size() - 1) {
            violations.add("DELIVERED TWICE WITHOUT A REASON: " + describe(key));
        } else {
            reasonsForDuplicates.add(key + " was delivered on "
                    + counted.stream().map(Entry::node).collect(Collectors.joining(", then ")) + ": " + reasons);
        }
    }

    private void checkRow(Row row) {
        // No node can know that the service did not accept this submit. Its loss was reported; an operator decides.
        boolean isReportedLoss =
                row.state().equals("UNKNOWN") && row.lossReportedAt() > 0 && !accepted.containsKey(row.key());
        if (row.isInFlight() && !isReportedLoss) {
            violations.add("LEFT IN FLIGHT: " + describe(row.key()));
        }
    }

    /** The evidence for keys that are still open. */
    String describe(Set<String> open) {
        return this + "\nNot delivered, or not confirmed:\n"
                + open.stream().sorted().map(this::describe).collect(Collectors.joining("\n")) + evidence();
    }

    private String evidence() {
        return "\nOutages: " + scenario.outages() + "\nRedelivered after: "
                + String.join("\n    ", scenario.broker().failures()) + "\nLogs and journals: " + scenario.folder();
    }

    private String describe(String key) {
        return key + ", accepted " + accepted.getOrDefault(key, 0) + " times, in the ledger "
                + ledger.flatMap(rows -> rows.find(key)).map(Row::toString).orElse("no record read") + ", delivered "
                + deliveries.getOrDefault(key, List.of()) + (reportedLost.contains(key) ? ", reported as lost" : "")
                + (scenario.broker().unconfirmed().contains(key) ? ", its message not confirmed" : "")
                + Optional.ofNullable(scenario.broker().deadLetters().get(key))
                        .map(reason -> ", a dead letter: " + reason)
                        .orElse("");
    }

    /** The keys of submits that {@code sora:tasks} delivered as lost. */
    Set<String> reportedLost() {
        return reportedLost;
    }

    /** How many submits the simulator has received and not accepted. */
    long submitsNotAccepted() {
        return scenario.simulator().books().submitsReceived()
                - scenario.simulator().books().submitsAccepted();
    }

    int accepted() {
        return accepted.size();
    }

    /** The keys that were paid more than once. */
    Set<String> acceptedTwice() {
        return keys(accepted.keySet(), key -> accepted.get(key) > 1);
    }

    /** The keys that were accepted and never delivered. */
    Set<String> lost() {
        return keys(accepted.keySet(), key -> !deliveries.containsKey(key));
    }

    private static Set<String> keys(Set<String> all, Predicate<String> wanted) {
        return all.stream().filter(wanted).collect(Collectors.toSet());
    }

    int delivered() {
        return deliveries.size();
    }

    /** One sentence for each key that was delivered twice, with the outages that explain it. */
    List<String> reasonsForDuplicates() {
        return reasonsForDuplicates;
    }

    /** Fails if an invariant is violated, with the evidence. */
    void assertNoViolations() {
        if (!violations.isEmpty()) {
            throw new AssertionError(this + "\n" + String.join("\n", violations) + evidence());
        }
    }

    @Override
    public String toString() {
        return accepted() + " accepted, " + delivered() + " delivered, " + deliveredTwice + " delivered twice, "
                + answeredOnRedelivery
                + " answered again on redelivery, " + reportedLost.size() + " reported as lost, "
                + scenario.broker().deadLetters().size() + " dead letters, " + lost().size() + " lost, "
                + acceptedTwice().size()
                + " keys accepted twice"
                + ledger.map(rows -> ", ledger " + rows.states()).orElse("");
    }
}
