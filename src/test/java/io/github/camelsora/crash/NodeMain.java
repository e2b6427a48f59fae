package io.github.camelsora.crash;

import static org.awaitility.Awaitility.await;

import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.camelsora.Internals;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.RateGroup;
import io.github.camelsora.internal.ledger.jdbc.JdbcTaskLedger;
import io.github.camelsora.support.LoopbackOnly;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * The main class of a node, a JVM to be killed. It reads commands from standard input. {@code FORGET <key>} and {@code WAIT
 * <key>} are messages; it confirms each on standard output, or reports its failure, as a consumer of a broker does. {@code
 * halt <point> <key>} halts a thread at that point, {@code resume} ends the pauses of the account, {@code queued <n>} waits until
 * so many submits are queued, and reports it, {@code stop} stops the context. At the end of its input the JVM halts at once, so
 * that no node outlives its test.
 */
final class NodeMain {
    private static final int MOST_CONNECTIONS = 16;
    // Long enough for a service that answers in milliseconds and a JVM that has just started.
    private static final long RECOVERY_MILLIS = 1_000;
    private static final long FIRST_POLL_MILLIS = 100;
    private static final long REDELIVERY_MILLIS = 200;
    /** Submits a second of all nodes on this database together; null for no limit. */
    private static final String RATE = System.getProperty(Node.RATE);
    /** How many of them at once. */
    private static final long BURST = Long.getLong(Node.BURST, 1);
    /** What may be spent; null for no limit. */
    private static final String SPEND_LIMIT = System.getProperty(Node.SPEND_LIMIT);

    private static final String ACCOUNT = "default";
    private static final String API_KEY = "sk-simulator";

    private NodeMain() {}

    public static void main(String[] arguments) throws Exception {
        // Loading the class guards the sockets of this JVM.
        new LoopbackOnly();
        NodeOptions options = NodeOptions.ofThisJvm();
        DeliveryJournal journal = DeliveryJournal.open(options.journal());
        report("starting", Long.toString(System.currentTimeMillis()));
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            SoraComponent sora = camel.getComponent("sora", SoraComponent.class);
            Optional<HaltingLedger> ledger = configure(sora, options);
            camel.addRoutes(new NodeRoutes(options, journal));
            NodeExtension.extendThisJvm(camel, options);
            camel.start();
            report("ready", Long.toString(System.currentTimeMillis()));
            if (!readCommands(new NodeMessages(camel), ledger, sora)) {
                Runtime.getRuntime().halt(1);
            }
        }
        System.exit(0);
    }

    /** Configures the component. Returns its halting ledger, if it has one. */
    private static Optional<HaltingLedger> configure(SoraComponent sora, NodeOptions options) {
        SoraConfiguration configuration = sora.getConfiguration();
        configuration.setBaseUrl(options.baseUrl());
        configuration.setApiKey(API_KEY);
        configuration.setPollInitialDelay(FIRST_POLL_MILLIS);
        configuration.setPollInterval(options.pollInterval().toMillis());
        configuration.setRateGroup(RateGroup.NONE);
        configuration.setRecoveryTimeout(RECOVERY_MILLIS);
        configuration.setRedeliveryDelay(REDELIVERY_MILLIS);
        if (RATE != null) {
            configuration.setSubmitsPerSecond(Double.valueOf(RATE));
            configuration.setSubmitBurst(BURST);
            if (options.isShared()) {
                shareBuckets(sora, options.ledger());
            }
        }
        if (SPEND_LIMIT != null) {
            configuration.setCreditPrices("sora-2=1");
            configuration.setSpendLimit(SPEND_LIMIT);
        }
        configuration.setAllowPrivateHosts(true);
        sora.setLeaseDuration(options.leaseDuration().toMillis());
        if (options.isShared()) {
            sora.setDataSource(pool(options.ledger()));
        } else if (options.canHalt()) {
            HaltingLedger halting =
                    new HaltingLedger(JdbcTaskLedger.inFile(Path.of(options.ledger()), true), () -> report("reached"));
            sora.setLedger(halting);
            return Optional.of(halting);
        } else {
            sora.setLedgerFile(options.ledger());
        }
        return Optional.empty();
    }

    /** Shares the buckets among all nodes on one database. */
    private static void shareBuckets(SoraComponent sora, String database) {
        sora.setBucketProxyManager(Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool(database))
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .build());
    }

    private static JdbcConnectionPool pool(String url) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(url);
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(MOST_CONNECTIONS);
        return pool;
    }

    /** Obeys commands until {@code stop}; returns false when the input ends without it. */
    private static boolean readCommands(NodeMessages messages, Optional<HaltingLedger> ledger, SoraComponent sora)
            throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "stop" -> {
                    return true;
                }
                case "resume" -> sora.operator().resume(ACCOUNT, new Operator("joe", "A test"));
                case "queued" -> awaitQueued(sora, Integer.parseInt(words[1]));
                case "halt" -> ledger.orElseThrow().haltAt(KillPoint.valueOf(words[1]), words[2]);
                default -> messages.send(RemixMessage.Kind.valueOf(words[0]), words[1]);
            }
        }
        return false;
    }

    private static void awaitQueued(SoraComponent sora, int count) {
        await().atMost(Scenario.LIMIT)
                .until(() -> Internals.of(sora).runtime().engine().submits.queued() == count);
        report("queued");
    }

    static void report(String... words) {
        String line = String.join(" ", words);
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
