package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.TransitionTable;
import io.github.camelsora.internal.ledger.TransitionTable.Operation;
import io.github.camelsora.internal.ledger.TransitionTable.Row;
import io.github.camelsora.internal.ledger.TransitionTable.Transition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the diagram and the table of states in CONTRIBUTING with the table that the code goes by. */
class StateMachineDiagramTest {
    private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");

    /** With {@code -Ddocs.write} they are written instead. */
    @Test
    void contributingShowsEveryTransition() throws IOException {
        String right = "```mermaid\nstateDiagram-v2\n" + diagram() + "\n```\n\n" + table();
        if (System.getProperty("docs.write") != null) {
            Page.at(CONTRIBUTING).write("state machine", right);
        }

        String written = Page.at(CONTRIBUTING).region("state machine");

        assertThat(written)
                .as("mvn test -Dtest=StateMachineDiagramTest -Ddocs.write writes it")
                .isEqualTo(right);
    }

    /** An arrow for each pair of states, with the events that lead from the one to the other. */
    private static String diagram() {
        Map<Transition, List<String>> events = new LinkedHashMap<>();
        for (Row row : TransitionTable.rows()) {
            for (Transition transition : row.transitions()) {
                if (transition.from() != transition.to()) {
                    events.computeIfAbsent(transition, added -> new ArrayList<>())
                            .add(name(row));
                }
            }
        }
        return events.entrySet().stream()
                .map(arrow -> "    " + node(arrow.getKey().from()) + " --> "
                        + node(arrow.getKey().to()) + ": " + String.join(", ", arrow.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String node(TaskState state) {
        return state == null ? "[*]" : state.name();
    }

    private static String table() {
        List<TaskState> states = states();
        String head = states.stream()
                .map(state -> state == null ? "no record" : state.name())
                .collect(Collectors.joining(" | ", "| Event | ", " | Only if, and what else is written |\n"));
        return head
                + "|---".repeat(states.size() + 2)
                + "|\n"
                + TransitionTable.rows().stream()
                        .map(StateMachineDiagramTest::line)
                        .collect(Collectors.joining("\n"));
    }

    private static List<TaskState> states() {
        List<TaskState> states = new ArrayList<>(List.of(TaskState.values()));
        states.add(0, null);
        return states;
    }

    private static String line(Row row) {
        String cells = states().stream().map(from -> cell(row, from)).collect(Collectors.joining(" | "));
        return "| " + name(row) + " | " + cells + " | " + row.condition() + " |";
    }

    private static String cell(Row row, TaskState from) {
        if (row.operation() == Operation.RESTORE) {
            return "as it was";
        }
        Stream<String> next = row.transitions().stream()
                .filter(transition -> transition.from() == from)
                .map(transition -> next(from, transition.to()));
        String text = next.collect(Collectors.joining(" or "));
        return text.isEmpty() ? "–" : text;
    }

    private static String next(TaskState from, TaskState to) {
        if (to == null) {
            return "removed";
        }
        return Objects.equals(from, to) ? "stays" : to.name();
    }

    private static String name(Row row) {
        return row.event().getSimpleName();
    }
}
