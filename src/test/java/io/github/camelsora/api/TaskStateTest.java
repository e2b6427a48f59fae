package io.github.camelsora.api;

import static io.github.camelsora.api.TaskState.DELIVERED;
import static io.github.camelsora.api.TaskState.ENDED;
import static io.github.camelsora.api.TaskState.INTENT;
import static io.github.camelsora.api.TaskState.REJECTED;
import static io.github.camelsora.api.TaskState.RUNNING;
import static io.github.camelsora.api.TaskState.SET_ASIDE;
import static io.github.camelsora.api.TaskState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which steps a record may take. Each step that is missing here would be money paid twice or a video lost. */
class TaskStateTest {

    @ParameterizedTest
    @EnumSource
    void stayingIsAlwaysAllowed(TaskState state) {
        assertThat(state.canBecome(state)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "INTENT, RUNNING",
        "INTENT, UNKNOWN",
        "INTENT, REJECTED",
        "UNKNOWN, RUNNING",
        "UNKNOWN, SET_ASIDE",
        "RUNNING, ENDED",
        "RUNNING, SET_ASIDE",
        "ENDED, DELIVERED",
        "ENDED, SET_ASIDE",
        "REJECTED, INTENT",
    })
    void aTaskGoesItsWay(TaskState from, TaskState to) {
        assertThat(from.canBecome(to)).isTrue();
    }

    @Test
    void anEndedTaskCanOnlyBeDeliveredOrSetAside() {
        Set<TaskState> next = successors(ENDED);

        assertThat(next).containsExactlyInAnyOrder(DELIVERED, SET_ASIDE);
    }

    @Test
    void aDeliveredTaskStaysDelivered() {
        Set<TaskState> next = successors(DELIVERED);

        assertThat(next).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "RUNNING", "ENDED", "DELIVERED", "SET_ASIDE"})
    void whatMayHaveBeenPaidForIsNeverSentAgain(TaskState state) {
        assertThat(successors(state)).doesNotContain(INTENT, REJECTED);
    }

    @Test
    void whatIsNotSentCannotEndWithoutBeingSent() {
        Set<TaskState> next = successors(REJECTED);

        assertThat(next).containsExactly(INTENT);
    }

    @Test
    void whatMayStillRunIsOpen() {
        Set<TaskState> open = EnumSet.allOf(TaskState.class).stream()
                .filter(TaskState::isOpen)
                .collect(Collectors.toSet());

        assertThat(open).containsExactlyInAnyOrder(INTENT, UNKNOWN, RUNNING);
    }

    private static Set<TaskState> successors(TaskState state) {
        return EnumSet.allOf(TaskState.class).stream()
                .filter(next -> next != state && state.canBecome(next))
                .collect(Collectors.toSet());
    }
}
