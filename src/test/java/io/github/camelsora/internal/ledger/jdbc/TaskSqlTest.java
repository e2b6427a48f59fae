package io.github.camelsora.internal.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.TaskState;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guards of the statements, which hold even against a writer that has read something else. */
class TaskSqlTest {
    @ParameterizedTest
    @EnumSource
    void aStateIsReachedFromTheStatesThatCanBecomeItOnly(TaskState next) {
        String states = TaskSql.replace(next).replaceFirst(".* state IN \\(([^)]*)\\).*", "$1");

        Set<String> guarded = Arrays.stream(states.split(", ")).collect(Collectors.toSet());

        assertThat(guarded)
                .isEqualTo(Stream.of(TaskState.values())
                        .filter(state -> state.canBecome(next))
                        .map(state -> "'" + state + "'")
                        .collect(Collectors.toSet()));
    }
}
