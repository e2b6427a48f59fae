package io.github.camelsora.internal.camel.outcome;

import static io.github.camelsora.api.SubmitOutcome.ACCEPTED;
import static io.github.camelsora.api.SubmitOutcome.NOT_SENT;
import static io.github.camelsora.api.SubmitOutcome.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraOperation;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.internal.camel.outcome.OutcomeTable.Entry;
import io.github.camelsora.simulator.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each operation ends with each exception as the table of the component page says, and in no other way: a handler that
 * relies on {@code isSafeToResend()} never pays twice.
 */
class OutcomeTest extends OutcomeTestSupport {

    static Stream<OutcomeCase> cases() {
        return Stream.concat(SubmitOutcomes.cases(), TaskOutcomes.cases());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachOperationEndsAsTheTableSays(OutcomeCase expected) throws Exception {
        SoraException failure = expected.run().run(this);

        Entry entry = expected.entry();
        assertThat(new Entry(entry.operation(), failure.getClass().getSimpleName(), failure.getOutcome()))
                .as(failure.getMessage())
                .isEqualTo(entry);
        assertThat(failure.isSafeToResend()).isEqualTo(entry.outcome() == NOT_SENT || entry.outcome() == REJECTED);
        if (entry.outcome() == ACCEPTED) {
            assertThat(failure.getTaskId()).isNotNull();
        }
        if (!failure.isSafeToResend()) {
            assertThat(failure.getMessage()).doesNotContainIgnoringCase("nothing was paid");
        }
    }

    /** What is answered to which call of an operation; the last closes the gate for what comes after. */
    private static final List<Integer> ANSWERS =
            List.of(200, 201, 204, 302, 400, 401, 402, 403, 404, 405, 409, 413, 418, 422, 451, 498, 500, 501, 503, 429);

    @ParameterizedTest
    @CsvSource({
        "remix, SUBMIT",
        "extend, SUBMIT",
        "generate, SUBMIT",
        "remix, BALANCE",
        "remix, STATUS",
        "status, STATUS",
        "await, STATUS",
        "download, STATUS",
        "download, FILE",
        "balance, BALANCE",
        "models, MODELS"
    })
    void theTableHasARowForEachAnswer(String operation, Call call) throws Exception {
        options().setRecoveryTimeout(50);
        options().setSubmitTimeout(100);
        options().setCompletionTimeout(100);
        options().setDownloadTimeout(100);
        start();
        Set<Entry> table = OutcomeTable.read().entries();
        String uri = Set.of("remix", "extend", "generate").contains(operation)
                ? submit(operation) + "&minimumCredits=1"
                : "sora:" + operation + (call == Call.BALANCE || call == Call.MODELS ? "" : "?taskId=" + done);

        for (int status : ANSWERS) {
            toApis.clearFaults();
            toApis.on(call).answer(status, "<html>Welcome</html>", "Content-Type: text/html");
            Exception failure = send(uri, "A puppy").getException();
            sora().getLedger().pauses().orElseThrow().findAll().forEach(pause -> sora().operator()
                    .resume(pause.account(), OPERATOR));
            if (failure != null) {
                SoraException reason = soraException(failure);
                String type = reason.getClass().getSimpleName();
                assertThat(table)
                        .as("%s to %s: %s", status, call, reason.getMessage())
                        .contains(new Entry(operation, type, reason.getOutcome()));
            }
        }
    }

    @Test
    void theTableSaysWhatIsTriedHereAndNothingElse() {
        Set<Entry> tried = cases().map(OutcomeCase::entry).collect(Collectors.toCollection(TreeSet::new));

        assertThat(OutcomeTable.read().entries()).isEqualTo(tried);
    }

    @Test
    void eachExceptionHasItsRow() throws Exception {
        Set<String> exceptions;
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/camelsora/api"))) {
            exceptions = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Exception") && !name.equals("SoraException"))
                    // It is for ledgers; no route gets it.
                    .filter(name -> !name.equals("TaskTakenException"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(OutcomeTable.read().exceptions()).isEqualTo(exceptions);
    }

    @Test
    void eachOperationHasItsColumn() {
        Set<String> operations =
                OutcomeTable.read().entries().stream().map(Entry::operation).collect(Collectors.toSet());

        assertThat(operations)
                .isEqualTo(Stream.of(SoraOperation.values())
                        // The failures of a ledger endpoint are no outcomes of a task.
                        .filter(operation -> operation != SoraOperation.webhook && operation != SoraOperation.ledger)
                        .map(Enum::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void anExceptionAboutATaskNeverSaysThatNothingWasPaid() {
        assertThat(OutcomeTable.read().entries())
                .filteredOn(entry -> Set.of("status", "await", "download").contains(entry.operation()))
                .isNotEmpty()
                .noneMatch(entry -> entry.outcome().isSafeToResend());
    }
}
