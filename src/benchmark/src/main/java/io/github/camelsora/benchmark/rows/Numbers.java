package io.github.camelsora.benchmark.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Numbers that were measured one by one. Thread-safe. */
final class Numbers {
    private final List<Double> all = Collections.synchronizedList(new ArrayList<>());

    void add(double number) {
        all.add(number);
    }

    int count() {
        return all.size();
    }

    double first() {
        return all.get(0);
    }

    double median() {
        return percentile(50);
    }

    /** The smallest number that so many percent are not larger than. */
    double percentile(int percent) {
        List<Double> sorted;
        synchronized (all) {
            sorted = new ArrayList<>(all);
        }
        Collections.sort(sorted);
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    double mean() {
        synchronized (all) {
            return all.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }
    }
}
