package io.github.camelsora.crash;

import io.github.camelsora.crash.Journal.Entry;
import io.github.camelsora.crash.Journal.Taker;
import io.github.camelsora.crash.LedgerRows.Row;
import io.github.camelsora.internal.toapis.WireKey;
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
 * The books of the service against what routes have taken and what the ledger says in the end: each accepted remix has
 * reached a route, no key was accepted twice, nothing is left open, and what was taken twice was so because of an outage
 * between the taking and its record.
 */
final class Reckoning {
    private final Stage stage;
    private final Optional<LedgerRows> ledger;
    private final Map<String, Integer> accepted;
    private final Map<String, List<Entry>> results;
    private final Set<String> told;
    private final List<String> defects = new ArrayList<>();
    private final List<String> reasonsForTakingTwice = new ArrayList<>();
    private int takenTwice;
    private int answeredAgain;

    /**
     * Compares.
     *
     * @param stage where nodes have worked
     * @param ledger the ledger after the last of them has ended; empty while one works on
     */
    Reckoning(Stage stage, Optional<LedgerRows> ledger) {
        this.stage = stage;
        this.ledger = ledger;
        List<Entry> entries = stage.takings().all();
        accepted = new TreeMap<>(stage.service().books().acceptedByKey());
        results = entries.stream()
                .filter(entry -> !entry.isLost())
                .sorted(Comparator.comparingLong(Entry::takenAt))
                .collect(Collectors.groupingBy(Entry::key, TreeMap::new, Collectors.toList()));
        told = entries.stream().filter(Entry::isLost).map(Entry::key).collect(Collectors.toSet());
        accepted.forEach(this::checkAccepted);
        results.forEach(this::checkTaken);
        ledger.ifPresent(rows -> rows.all().forEach(this::checkRow));
    }

    private void checkAccepted(String key, int times) {
        if (times > 1) {
            defects.add("PAID " + times + " TIMES: " + about(key));
        }
        if (!results.containsKey(key)) {
            defects.add("LOST: " + about(key));
        }
    }

    private void checkTaken(String key, List<Entry> entries) {
        for (Entry entry : entries) {
            String owner = WireKey.userKey(stage.service().task(entry.taskId()).clientBusinessId());
            if (!key.equals(owner)) {
                defects.add("WRONG TASK: " + entry + " is of key " + owner + "; " + about(key));
            }
        }
        List<Entry> taken = entries.stream()
                .filter(entry -> !isAnswerToWhoAskedAgain(entry))
                .toList();
        answeredAgain += entries.size() - taken.size();
        if (taken.size() > 1) {
            takenTwice++;
            ledger.ifPresent(rows -> explain(key, taken, rows));
        }
    }

    /** A message that is handed out again is answered, whoever has taken the video meanwhile. */
    private boolean isAnswerToWhoAskedAgain(Entry entry) {
        return entry.taker() == Taker.WAITING && stage.broker().hasHandedOutAgain(entry.key(), entry.node());
    }

    /** Each taking but one must have been on a node that had an outage between taking it and writing so. */
    private void explain(String key, List<Entry> taken, LedgerRows rows) {
        List<String> reasons = taken.stream()
                .flatMap(entry -> stage.outages().stream().filter(outage -> rows.find(key)
                        .filter(row -> outage.interrupted(entry, taken, row))
                        .isPresent()))
                .map(Outage::toString)
                .distinct()
                .toList();
        long nodes = taken.stream().map(Entry::node).distinct().count();
        if (nodes < taken.size() || reasons.size() < taken.size() - 1) {
            defects.add("TAKEN TWICE WITHOUT A REASON: " + about(key));
        } else {
            reasonsForTakingTwice.add(key + " was taken by "
                    + taken.stream().map(Entry::node).collect(Collectors.joining(", then ")) + ": " + reasons);
        }
    }

    private void checkRow(Row row) {
        // Of what was never accepted nobody can know that; it has been told, and waits for an operator.
        boolean isKnownToBeLost =
                row.state().equals("UNKNOWN") && row.lossReportedAt() > 0 && !accepted.containsKey(row.key());
        if (row.isInFlight() && !isKnownToBeLost) {
            defects.add("LEFT OPEN: " + about(row.key()));
        }
    }

    /** What is known of what is not done in time. */
    String about(Set<String> open) {
        return this + "\nNot taken, or not answered:\n"
                + open.stream().sorted().map(this::about).collect(Collectors.joining("\n")) + places();
    }

    private String places() {
        return "\nOutages: " + stage.outages() + "\nHanded out again after: "
                + String.join("\n    ", stage.broker().refusals()) + "\nLogs and journals: " + stage.folder();
    }

    private String about(String key) {
        return key + ", accepted " + accepted.getOrDefault(key, 0) + " times, in the ledger "
                + ledger.flatMap(rows -> rows.find(key)).map(Row::toString).orElse("not looked at") + ", taken "
                + results.getOrDefault(key, List.of()) + (told.contains(key) ? ", told of as lost" : "")
                + (stage.broker().unconfirmed().contains(key) ? ", its message not confirmed" : "")
                + Optional.ofNullable(stage.broker().deadLetters().get(key))
                        .map(reason -> ", a dead letter: " + reason)
                        .orElse("");
    }

    /** The keys of submits that {@code sora:tasks} was told of as lost. */
    Set<String> told() {
        return told;
    }

    /** How many requests to pay have reached the service that it has not accepted. */
    long postsThatWereNotAccepted() {
        return stage.service().books().submitsReceived()
                - stage.service().books().submitsAccepted();
    }

    int accepted() {
        return accepted.size();
    }

    /** The keys that were paid for more than once. */
    Set<String> acceptedTwice() {
        return keys(accepted.keySet(), key -> accepted.get(key) > 1);
    }

    /** The keys of what was accepted and no route has taken. */
    Set<String> lost() {
        return keys(accepted.keySet(), key -> !results.containsKey(key));
    }

    private static Set<String> keys(Set<String> all, Predicate<String> wanted) {
        return all.stream().filter(wanted).collect(Collectors.toSet());
    }

    int taken() {
        return results.size();
    }

    /** Why what was taken twice was so, a sentence each. */
    List<String> reasonsForTakingTwice() {
        return reasonsForTakingTwice;
    }

    /** Fails if anything does not agree, and says what, with all that is known of it. */
    void assertAgreement() {
        if (!defects.isEmpty()) {
            throw new AssertionError(this + "\n" + String.join("\n", defects) + places());
        }
    }

    @Override
    public String toString() {
        return accepted() + " accepted, " + taken() + " delivered, " + takenTwice + " delivered twice, " + answeredAgain
                + " answered again to who asked again, " + told.size() + " told of as lost, "
                + stage.broker().deadLetters().size() + " dead letters, " + lost().size() + " lost, "
                + acceptedTwice().size()
                + " keys accepted twice"
                + ledger.map(rows -> ", ledger " + rows.states()).orElse("");
    }
}
