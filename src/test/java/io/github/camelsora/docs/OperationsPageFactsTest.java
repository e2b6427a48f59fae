package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.LedgerAction;
import io.github.camelsora.api.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares what the page for operators says, beside its commands, with what it describes. */
class OperationsPageFactsTest {
    private static final Pattern ROW_OF_LOG = Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\w+) \\|");
    /** The message of an exception, which stands elsewhere than the call that logs it. */
    private static final String OF_AN_EXCEPTION = "and its answer was lost";

    @Test
    void noCommandIsInTheTextWhereNoTestRunsIt() {
        Set<String> actions = Stream.of(LedgerAction.values()).map(Enum::name).collect(Collectors.toSet());

        assertThat(OperationsPage.page().words())
                .filteredOn(word -> word.matches("(curl|java|jcmd|psql|promtool) .*")
                        || word.matches("sora \\w+.*") && actions.contains(word.split(" ")[1]))
                .isEmpty();
    }

    @Test
    void everyStateHasItsRow() {
        assertThat(OperationsPage.firstCells("A state in the ledger"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(TaskState.values()).map(Enum::name).toList());
    }

    @Test
    void everyLineOfTheLogIsLoggedAtItsLevel() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(Files::isRegularFile).map(Snippets::read).collect(Collectors.joining());
        }
        List<MatchResult> rows = ROW_OF_LOG
                .matcher(OperationsPage.section("A line in the log"))
                .results()
                .toList();

        assertThat(sources).contains(OF_AN_EXCEPTION);
        assertThat(rows)
                .filteredOn(row -> !row.group(1).equals(OF_AN_EXCEPTION))
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> {
                    String call = "LOG\\." + row.group(2).toLowerCase(Locale.ROOT) + "\\((?:(?!LOG\\.).){0,1500}?";
                    assertThat(Pattern.compile(call + Pattern.quote(row.group(1)), Pattern.DOTALL)
                                    .matcher(sources)
                                    .find())
                            .as("%s at %s", row.group(1), row.group(2))
                            .isTrue();
                });
    }

    @Test
    void theScriptKnowsTheParametersThatTheRouteReads() {
        String route = Snippets.read(Path.of("samples/operator/sora-operator.yaml"));
        String script = Snippets.read(Path.of("samples/operator/sora"));

        Set<String> read = Pattern.compile("\\$\\{body\\[(\\w+)]}")
                .matcher(route)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(Arrays.stream(
                        script.replaceFirst("(?s).*\n +(key=.*?)\\) ;;.*", "$1").split("[=*| ]+")))
                .containsExactlyInAnyOrderElementsOf(
                        read.stream().filter(name -> !name.equals("action")).toList());
    }
}
