package io.github.camelsora.benchmark.rows;

import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.benchmark.Effort;
import io.github.camelsora.benchmark.Figure;
import io.github.camelsora.benchmark.Row;
import io.github.camelsora.benchmark.service.Service;
import io.github.camelsora.benchmark.service.ServiceOptions;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/**
 * What limits of spending cost: submits a second with them and without, in turns, each with a component and a ledger of its own
 * whose book is filled; and the statements that the whole life of a task needs.
 */
public final class SpendRow implements Row {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SENDERS = 8;
    private static final Duration TASK = Duration.ofMillis(100);

    /** Where ledgers are. */
    private interface Place {
        TaskLedger freshLedger() throws Exception;
    }

    @Override
    public String name() {
        return "spend";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Ledgers ledgers = new Ledgers()) {
            try (Service service = Service.start(ServiceOptions.tasksThatRunOn())) {
                figures.addAll(submits("memory", Ledgers::inMemory, service, effort));
                figures.addAll(submits("H2 file", ledgers::inFreshFile, service, effort));
                figures.addAll(submits("PostgreSQL", ledgers::inFreshPostgres, service, effort));
            }
            try (Service service = Service.start(ServiceOptions.tasksOf(TASK))) {
                figures.add(statements(ledgers, service, effort));
            }
        }
        return figures;
    }

    private static List<Figure> submits(String name, Place place, Service service, Effort effort) throws Exception {
        Map<SpendLimits, Crowd> crowds = new EnumMap<>(SpendLimits.class);
        try (CamelContext camel = Contexts.speakingTo(service)) {
            Map<SpendLimits, String> routes = new EnumMap<>(SpendLimits.class);
            for (SpendLimits limits : SpendLimits.values()) {
                TaskLedger ledger = place.freshLedger();
                limits.fillBook(ledger, effort.of(Duration.ofDays(30), Duration.ofHours(1)));
                routes.put(limits, limits.addRoute(camel, service, ledger, "&waitForCompletion=false"));
            }
            camel.start();
            for (SpendLimits limits : SpendLimits.values()) {
                crowds.put(limits, new Crowd(camel, routes.get(limits)));
            }
            return List.of(
                    submits(name, crowds, 1, effort.of(120, 5), effort),
                    submits(name, crowds, SENDERS, effort.of(320, 24), effort));
        }
    }

    private static Figure submits(String name, Map<SpendLimits, Crowd> crowds, int senders, int count, Effort effort)
            throws Exception {
        Map<SpendLimits, Numbers> ratios = new EnumMap<>(SpendLimits.class);
        crowds.keySet().forEach(limits -> ratios.put(limits, new Numbers()));
        Numbers unlimited = new Numbers();
        // The first rounds are for warming up.
        for (int round = effort.of(-2, -1); round < effort.of(9, 1); round++) {
            Map<SpendLimits, Double> rates = new EnumMap<>(SpendLimits.class);
            for (Map.Entry<SpendLimits, Crowd> crowd : crowds.entrySet()) {
                rates.put(crowd.getKey(), perSecond(crowd.getValue(), count, senders));
            }
            if (round >= 0) {
                double without = rates.get(SpendLimits.NONE);
                unlimited.add(without);
                rates.forEach((limits, rate) -> ratios.get(limits).add(rate / without));
            }
        }
        return Figure.shown(
                Figure.text("submits a second, %s, senders: %d", name, senders),
                each(limits -> limits == SpendLimits.NONE
                        ? Figure.text("%,.0f a second", unlimited.median())
                        : Figure.text("%.2f times", ratios.get(limits).median())));
    }

    private static double perSecond(Crowd crowd, int count, int senders) throws Exception {
        long begin = System.nanoTime();
        crowd.sendOneAfterAnother(count, senders);
        crowd.awaitEnds(LIMIT);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    private static Figure statements(Ledgers ledgers, Service service, Effort effort) throws Exception {
        Map<SpendLimits, String> counts = new EnumMap<>(SpendLimits.class);
        for (SpendLimits limits : SpendLimits.values()) {
            counts.put(limits, statements(limits, ledgers.freshPostgres(), service, effort.of(50, 5)));
        }
        return Figure.shown("SQL statements + explicit commits a task, from submit to delivery", each(counts::get));
    }

    /** The tasks run one after the other. The median leaves out what is queried periodically, which few of them coincide with. */
    private static String statements(SpendLimits limits, DataSource database, Service service, int tasks)
            throws Exception {
        StatementCount count = new StatementCount();
        TaskLedger observed = JdbcTaskLedger.on(database, true);
        Numbers statements = new Numbers();
        Numbers commits = new Numbers();
        try (CamelContext camel = Contexts.speakingTo(service)) {
            TaskLedger ledger = JdbcTaskLedger.on(count.of(database), true);
            String route = limits.addRoute(
                    camel, service, ledger, "&pollInitialDelay=" + 2 * TASK.toMillis() + "&pollInterval=1000");
            camel.start();
            var template = camel.createProducerTemplate();
            for (int task = 0; task < tasks; task++) {
                int statementsBefore = count.statements();
                int commitsBefore = count.commits();
                String key = template.requestBody(route, "Add a puppy", VideoTask.class)
                        .key();
                Await.until(LIMIT, () -> isDelivered(observed, key));
                statements.add(count.statements() - statementsBefore);
                commits.add(count.commits() - commitsBefore);
            }
        }
        return Figure.text("%.0f + %.0f", statements.median(), commits.median());
    }

    private static boolean isDelivered(TaskLedger ledger, String key) {
        return ledger.find(TaskLives.ACCOUNT, key)
                .map(TaskRecord::state)
                .filter(TaskState.DELIVERED::equals)
                .isPresent();
    }

    /** What came out for each. */
    private interface Measured {
        String of(SpendLimits limits);
    }

    private static String each(Measured measured) {
        return Stream.of(SpendLimits.values())
                .map(limits -> limits.options() + ": " + measured.of(limits))
                .collect(Collectors.joining("; "));
    }
}
