package io.github.camelsora.crash;

import io.github.camelsora.crash.DeliveryJournal.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The journals of all nodes. A file is read again only when it has grown: a long run has hundreds of them. */
final class NodeJournals {
    private final Map<Path, ReadJournal> files = new LinkedHashMap<>();
    private final Set<String> deliveredKeys = new HashSet<>();
    private final Set<String> keysReportedLost = new HashSet<>();

    private record ReadJournal(long length, List<Entry> entries) {}

    synchronized void add(Path journal) {
        files.put(journal, new ReadJournal(0, List.of()));
    }

    /** All deliveries so far, those of the first node first. */
    synchronized List<Entry> all() {
        refresh();
        List<Entry> all = new ArrayList<>();
        files.values().forEach(known -> all.addAll(known.entries()));
        return all;
    }

    /** The keys of all submits that were delivered as lost. */
    synchronized Set<String> keysReportedLost() {
        refresh();
        return Set.copyOf(keysReportedLost);
    }

    /** How many keys have a delivered result. */
    synchronized int deliveredCount() {
        refresh();
        return deliveredKeys.size();
    }

    /** Those of some keys that have no delivered result. */
    synchronized Set<String> undelivered(Set<String> keys) {
        refresh();
        Set<String> without = new HashSet<>(keys);
        without.removeAll(deliveredKeys);
        return without;
    }

    private void refresh() {
        files.replaceAll(this::refresh);
    }

    private ReadJournal refresh(Path file, ReadJournal known) {
        try {
            long length = Files.exists(file) ? Files.size(file) : 0;
            if (length == known.length()) {
                return known;
            }
            List<Entry> entries = DeliveryJournal.read(file);
            entries.forEach(entry -> (entry.isLost() ? keysReportedLost : deliveredKeys).add(entry.key()));
            return new ReadJournal(length, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
