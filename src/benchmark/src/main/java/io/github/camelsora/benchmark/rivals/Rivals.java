package io.github.camelsora.benchmark.rivals;

import io.github.camelsora.simulator.LookUp;
import java.util.List;
import java.util.Optional;

/** All rivals, in the order of the table. */
public final class Rivals {
    // The tasks of a JVM that died are taken over when its lease has ended, which is 30 s unless this says otherwise.
    private static final Rival CAMEL_SORA = Rival.ofProperties("camel-sora", "camel-sora")
            .withQuickOptions(
                    "-Dcamel.component.sora.lease-duration=3s",
                    "-Dcamel.component.sora.poll-initial-delay=1s",
                    "-Dcamel.component.sora.poll-interval=1s");

    private static final Rival TEMPORAL = Rival.ofProgram("temporal", "Temporal", "temporal", "RemixWorker")
            .withServer("TemporalServer")
            .withQuickOptions("-Drival.poll=1");

    /** The list. */
    public static final List<Rival> ALL = List.of(
            Rival.ofProgram("camel", "plain Camel", "camel", "PlainCamel").withQuickOptions("-Drival.poll=1000"),
            Rival.ofProgram("camel-sql", "Camel with camel-sql", "camelsql", "CamelSql")
                    .withQuickOptions("-Drival.poll=1000"),
            Rival.ofProgram("openai-java", "OpenAI's Java SDK", "openai", "RemixOrders")
                    .withService(service -> service.openAiVideos(true))
                    .withQuickOptions("-Drival.poll=1"),
            Rival.ofProgram("db-scheduler", "db-scheduler", "dbscheduler", "ScheduledRemixes")
                    .withQuickOptions("-Drival.poll=1", "-Drival.heartbeat=1"),
            TEMPORAL,
            TEMPORAL.extendedBy(
                    "temporal-look-up", "Temporal, with a search of its own", "temporal.lookup", "LookUpWorker"),
            CAMEL_SORA,
            // The vendor does not document the look-up for remixes.
            CAMEL_SORA
                    .as("camel-sora-no-look-up", "camel-sora, if the service finds no task by its key")
                    .withService(service -> service.lookup(LookUp.OFF)));

    private Rivals() {}

    /**
     * Finds one.
     *
     * @param name what it is called
     * @return the rival
     */
    public static Optional<Rival> named(String name) {
        return ALL.stream().filter(rival -> rival.name().equals(name)).findFirst();
    }
}
