package io.github.camelsora.crash;

import io.github.camelsora.crash.Journal.Entry;
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

/** The journals of all nodes, read again when they have grown: in a long run there are hundreds. */
final class Takings {
    private final Map<Path, Known> files = new LinkedHashMap<>();
    private final Set<String> keysOfResults = new HashSet<>();
    private final Set<String> keysOfLost = new HashSet<>();

    private record Known(long length, List<Entry> entries) {}

    synchronized void add(Path journal) {
        files.put(journal, new Known(0, List.of()));
    }

    /** All that was taken up to now, those of the first node first. */
    synchronized List<Entry> all() {
        refresh();
        List<Entry> all = new ArrayList<>();
        files.values().forEach(known -> all.addAll(known.entries()));
        return all;
    }

    /** The keys of all submits that a route was told are lost. */
    synchronized Set<String> keysOfLost() {
        refresh();
        return Set.copyOf(keysOfLost);
    }

    /** How many tasks routes have taken with their result. */
    synchronized int results() {
        refresh();
        return keysOfResults.size();
    }

    /** Those of some keys whose task no route has taken with its result. */
    synchronized Set<String> withoutResult(Set<String> keys) {
        refresh();
        Set<String> without = new HashSet<>(keys);
        without.removeAll(keysOfResults);
        return without;
    }

    private void refresh() {
        files.replaceAll(this::refresh);
    }

    private Known refresh(Path file, Known known) {
        try {
            long length = Files.exists(file) ? Files.size(file) : 0;
            if (length == known.length()) {
                return known;
            }
            List<Entry> entries = Journal.read(file);
            entries.forEach(entry -> (entry.isLost() ? keysOfLost : keysOfResults).add(entry.key()));
            return new Known(length, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
