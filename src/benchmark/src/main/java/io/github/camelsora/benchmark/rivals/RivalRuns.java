package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.benchmark.Figure;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What has come of a rival in runs with different seeds.
 *
 * @param runs the books of each run, at least one
 */
record RivalRuns(List<RivalBooks> runs) {

    /** One cell of the table for each figure. */
    List<String> cells() {
        return List.of(
                rival().title(),
                text(RivalBooks::paidTooMuch),
                text(books -> books.paidNotDelivered().size()),
                text(RivalBooks::neverPaid),
                text(RivalBooks::deliveredTwice),
                text(RivalBooks::gets),
                text(RivalBooks::threads),
                text(RivalBooks::seconds) + " s",
                text(RivalBooks::lines));
    }

    Rival rival() {
        return runs.get(0).rival();
    }

    /** The median, and the least and the most if they differ. */
    private String text(ToDoubleFunction<RivalBooks> figure) {
        List<Long> sorted = runs.stream()
                .map(books -> Math.round(figure.applyAsDouble(books)))
                .sorted()
                .toList();
        long least = sorted.get(0);
        long most = sorted.get(sorted.size() - 1);
        String median = Figure.text("%,d", sorted.get(sorted.size() / 2));
        return least == most ? median : median + Figure.text(" (%,d-%,d)", least, most);
    }

    @Override
    public String toString() {
        List<String> cells = cells();
        return Figure.text(
                "%s paid too much, %s paid and not delivered, %s never paid, %s delivered twice; %s GETs, %s threads, %s, %s lines",
                cells.subList(1, cells.size()).toArray());
    }
}
