package io.github.camelsora.internal.camel.health;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.internal.pause.PauseRemedy;
import io.github.camelsora.internal.runtime.ServiceConnection;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.time.OutageLog.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is wrong now, as far as this JVM knows from its last calls. No method sends or reads anything, or blocks: a probe must get
 * its answer while the ledger hangs, too.
 */
public final class KnownProblems {
    /**
     * An outage of the service counts for so long after its last failed call. If no call were sent any more, nothing would end it.
     * Longer than the longest pause between two polls.
     */
    static final Duration OUTAGE_COUNTS_FOR = Duration.ofMinutes(10);

    private final SoraRuntime runtime;
    private final Supplier<Collection<ServiceConnection>> connections;

    /**
     * Creates it.
     *
     * @param runtime what runs since the last start
     * @param connections one connection or more for each account
     */
    public KnownProblems(SoraRuntime runtime, Supplier<Collection<ServiceConnection>> connections) {
        this.runtime = runtime;
        this.connections = connections;
    }

    /** All that is wrong, in sentences. */
    public List<String> all() {
        return Stream.of(ofTimer(), ofLedger(), ofServices(), ofKeys(), ofPauses())
                .flatMap(List::stream)
                .map(KnownProblem::text)
                .toList();
    }

    /** What is wrong with the timer thread. */
    List<KnownProblem> ofTimer() {
        return runtime.liveness().timerProblem().stream()
                .map(text ->
                        new KnownProblem("timer", text + ". New requests are rejected, and nothing is paid for them."))
                .toList();
    }

    /** What is wrong with the ledger. */
    List<KnownProblem> ofLedger() {
        return ledgerProblem(runtime).stream()
                .map(text -> new KnownProblem(
                        "ledger",
                        text
                                + ". New submits are rejected before they are sent, and running tasks are polled on; their results"
                                + " are written when the ledger answers again."))
                .toList();
    }

    private static Optional<String> ledgerProblem(SoraRuntime runtime) {
        return runtime.ledgerOutage()
                .outage()
                .map(failures -> "The ledger cannot be reached" + inWords(failures))
                .or(() -> runtime.liveness().ledgerProblem());
    }

    /** Tells whether calls to the ledger fail or hang, so that a further one would, too. */
    public static boolean isLedgerUnavailable(SoraRuntime runtime) {
        return ledgerProblem(runtime).isPresent();
    }

    private static String inWords(Failures failures) {
        return " since " + failures.since() + ": " + failures.count() + " calls in a row have failed, the last one at "
                + failures.at() + " (" + failures.reason() + ")";
    }

    /** The services that cannot be reached. */
    List<KnownProblem> ofServices() {
        Instant earliest = runtime.ledger().now().minus(OUTAGE_COUNTS_FOR);
        return connections.get().stream()
                .flatMap(connection -> outageOf(connection)
                        .filter(failures -> failures.at().isAfter(earliest))
                        .stream()
                        .map(failures -> unreachable(connection, failures)))
                .distinct()
                .toList();
    }

    private static Optional<Failures> outageOf(ServiceConnection connection) {
        return Optional.ofNullable(connection.clients())
                .flatMap(clients -> clients.outage().log().outage());
    }

    private static KnownProblem unreachable(ServiceConnection connection, Failures failures) {
        String baseUrl = connection.settings().connection().baseUrl().value();
        return new KnownProblem(
                "account " + connection.settings().connection().account(),
                "The service at " + baseUrl + " cannot be reached" + inWords(failures)
                        + ". Submits that were not sent are repeated until submitTimeout, submits without an answer are searched"
                        + " for, and running tasks are polled on; nothing is paid twice.");
    }

    /** The accounts whose API key the service has rejected. */
    List<KnownProblem> ofKeys() {
        return pauses().filter(pause -> pause.cause() == Cause.KEY_REJECTED)
                .map(pause -> problem(
                        pause,
                        "The service at " + pause.baseUrl() + " rejects the API key of account '" + pause.account()
                                + "' since " + pause.pausedAt() + ": " + pause.reason()
                                + " New submits with this key fail at once, and nothing is paid for them."))
                .toList();
    }

    /** The accounts that are paused for another reason than their key. */
    List<KnownProblem> ofPauses() {
        return pauses().filter(pause -> pause.cause() != Cause.KEY_REJECTED)
                .map(pause -> problem(
                        pause,
                        pause.isByOperator()
                                ? "An operator has paused account '" + pause.account() + "' at " + pause.pausedAt()
                                        + " ("
                                        + pause.actor() + "): " + pause.reason() + ". Its new submits wait until their"
                                        + " submitTimeout."
                                : "Account '" + pause.account() + "' at " + pause.baseUrl()
                                        + " has too few credits since "
                                        + pause.pausedAt() + ": " + pause.reason()
                                        + " New submits fail at once, and nothing is paid for them."))
                .toList();
    }

    private static KnownProblem problem(AccountPause pause, String text) {
        return new KnownProblem("account " + pause.account(), text + " " + PauseRemedy.of(pause));
    }

    private Stream<AccountPause> pauses() {
        return connections.get().stream()
                .map(ServiceConnection::profile)
                // Null while an endpoint starts.
                .filter(Objects::nonNull)
                .flatMap(service -> runtime.engine().pauses.allOf(service).stream())
                .distinct();
    }
}
