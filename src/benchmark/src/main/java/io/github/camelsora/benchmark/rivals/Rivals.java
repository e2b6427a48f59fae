package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.simulator.LookUp;
import java.util.List;
import java.util.Optional;

/** All rivals, in the order of the table. */
final class Rivals {
    // The tasks of a JVM that died are taken over when its lease has ended, which is 30 s unless this says otherwise.
    private static final Rival CAMEL_SORA = Rival.ofProperties("camel-sora", "camel-sora, with a search")
            .withQuickOptions(
                    "-Dcamel.component.sora.lease-duration=3s",
                    "-Dcamel.component.sora.poll-initial-delay=1s",
                    "-Dcamel.component.sora.poll-interval=1s");

    private static final Rival CAMEL_SQL = Rival.ofProgram("camel-sql", "Camel with camel-sql", "camelsql", "CamelSql")
            .withQuickOptions("-Drival.poll=1000");

    private static final Rival OPENAI = Rival.ofProgram(
                    "openai-java", "OpenAI's Java SDK, as it comes", "openai", "RemixOrders")
            .withService(service -> service.openAiVideos(true))
            .withQuickOptions("-Drival.poll=1");

    private static final Rival TEMPORAL = Rival.ofProgram("temporal", "Temporal", "temporal", "RemixWorker")
            .withServer(TemporalServer.class)
            .withQuickOptions("-Drival.poll=1", "-Drival.timeout=5");

    /** The list. */
    static final List<Rival> ALL = List.of(
            Rival.ofProgram("camel", "plain Camel", "camel", "PlainCamel").withQuickOptions("-Drival.poll=1000"),
            CAMEL_SQL.withOptions("-Drival.states='running'"),
            CAMEL_SQL
                    .as("camel-sql-look-up", "Camel with camel-sql and a search")
                    .withOptions("-Drival.states='running','submitting'"),
            OPENAI,
            OPENAI.as("openai-java-once", "OpenAI's Java SDK, submits once").withOptions("-Drival.once=true"),
            Rival.ofProgram("db-scheduler", "db-scheduler", "dbscheduler", "ScheduledRemixes")
                    .withQuickOptions("-Drival.poll=1", "-Drival.heartbeat=1"),
            TEMPORAL,
            TEMPORAL.as("temporal-look-up", "Temporal, with a search").withOptions("-Drival.lookUp=true"),
            TEMPORAL.as("temporal-vain-look-up", "Temporal, with a search that finds nothing")
                    .withOptions("-Drival.lookUp=true")
                    .withService(service -> service.lookup(LookUp.OFF)),
            CAMEL_SORA,
            // The vendor does not document for remixes that it finds a task by the key of the client.
            CAMEL_SORA
                    .as("camel-sora-vain-look-up", "camel-sora, with a search that finds nothing")
                    .withService(service -> service.lookup(LookUp.OFF)));

    private Rivals() {}

    /**
     * Finds one.
     *
     * @param name what it is called
     * @return the rival
     */
    static Optional<Rival> named(String name) {
        return ALL.stream().filter(rival -> rival.name().equals(name)).findFirst();
    }
}
