package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CPU that a task costs with what is recorded and shown of it, against the CPU without: in turns, each with a component and a
 * ledger of its own. The CPU is that of the whole process, collections of garbage and the kernel's part included.
 */
public final class ObservabilityRow implements Row {
    private static final double MOST_TIMES = 1.15;
    private static final Duration TASK = Duration.ofMillis(100);

    /** Where ledgers are. */
    private interface Place {
        TaskLedger freshLedger() throws Exception;
    }

    @Override
    public String name() {
        return "observability";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        MdcSwitch.install();
        try (Ledgers ledgers = new Ledgers();
                Service service = Service.start(ServiceOptions.tasksOf(TASK))) {
            return List.of(
                    figure("memory", Ledgers::inMemory, service, effort),
                    figure("H2 file", ledgers::inFreshFile, service, effort),
                    figure("PostgreSQL", ledgers::inFreshPostgres, service, effort));
        }
    }

    private static Figure figure(String name, Place place, Service service, Effort effort) throws Exception {
        Map<Observability, ObservedTasks> all = new EnumMap<>(Observability.class);
        try {
            for (Observability observed : Observability.MEASURED) {
                all.put(observed, new ObservedTasks(observed, place.freshLedger(), service, TASK));
            }
            return figure(name, all, effort);
        } finally {
            for (ObservedTasks tasks : all.values()) {
                tasks.close();
            }
        }
    }

    private static Figure figure(String name, Map<Observability, ObservedTasks> all, Effort effort) throws Exception {
        int count = effort.of(500, 20);
        Map<Observability, Numbers> microseconds = new EnumMap<>(Observability.class);
        Map<Observability, Numbers> ratios = new EnumMap<>(Observability.class);
        all.keySet().forEach(observed -> {
            microseconds.put(observed, new Numbers());
            ratios.put(observed, new Numbers());
        });
        List<Observability> turns = new ArrayList<>(all.keySet());
        // The first rounds are for warming up.
        for (int round = effort.of(-4, -1); round < effort.of(15, 1); round++) {
            Map<Observability, Double> measured = new EnumMap<>(Observability.class);
            for (Observability observed : turns) {
                measured.put(observed, all.get(observed).microseconds(count));
            }
            // Each one comes first once, so that none is always measured after the same other one.
            Collections.rotate(turns, 1);
            if (round >= 0) {
                measured.forEach((observed, cpu) -> {
                    microseconds.get(observed).add(cpu);
                    ratios.get(observed).add(cpu / measured.get(Observability.NONE));
                });
            }
        }
        all.values().forEach(ObservedTasks::check);
        return Figure.atMost(
                        "CPU of a task with history, events and meters, against none of them, ledger: " + name,
                        MOST_TIMES,
                        ratios.get(Observability.RECORDED).median(),
                        "%.2f times")
                .with(Figure.text(
                        "%.0f us against %.0f us; %s",
                        microseconds.get(Observability.RECORDED).median(),
                        microseconds.get(Observability.NONE).median(),
                        parts(ratios)));
    }

    private static String parts(Map<Observability, Numbers> ratios) {
        return Stream.of(Observability.HISTORY, Observability.EVENTS, Observability.METERS)
                        .map(observed -> Figure.text(
                                "%s alone %.2f, ",
                                observed, ratios.get(observed).median()))
                        .collect(Collectors.joining())
                + Figure.text(
                        "with %s %.2f",
                        Observability.ALL, ratios.get(Observability.ALL).median());
    }
}
