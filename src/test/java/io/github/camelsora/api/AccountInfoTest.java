package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An account as plain values, in which its counts and pauses have the form that consoles show, too. */
class AccountInfoTest {

    @Test
    void countsAndPausesAreWrittenInTheirOwnForm() {
        TaskCount count = new TaskCount("shop", TaskState.RUNNING, 3, new BigDecimal("40.50"), 1);
        AccountPause pause = AccountPause.byOperator("shop", "The bill is too high", "node-1", Instant.EPOCH);

        Map<String, Object> form =
                new AccountInfo("shop", List.of(), List.of(count), List.of(pause), List.of()).toMap();

        assertThat(form)
                .containsEntry("counts", List.of(count.toMap()))
                .containsEntry("pauses", List.of(pause.toMap()));
        assertThat(count.toMap())
                .containsExactly(
                        Map.entry("account", "shop"),
                        Map.entry("state", "RUNNING"),
                        Map.entry("tasks", 3L),
                        Map.entry("credits", new BigDecimal("40.5")),
                        Map.entry("withoutPrice", 1L));
        assertThat(pause.toMap())
                .containsExactly(
                        Map.entry("account", "shop"),
                        Map.entry("baseUrl", ""),
                        Map.entry("cause", "OPERATOR"),
                        Map.entry("reason", "The bill is too high"),
                        Map.entry("actor", "node-1"),
                        Map.entry("pausedAt", "1970-01-01T00:00:00Z"));
    }
}
