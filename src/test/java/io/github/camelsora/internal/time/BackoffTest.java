package io.github.camelsora.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 1", "1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 30", "7, 30", "2147483647, 30"})
    void eachPauseIsTwiceAsLongAsTheOneBeforeUpToTheLongest(int failures, long seconds) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

        assertThat(backoff.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aLongestPauseThatADoublingReachesIsKept() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));

        assertThat(backoff.after(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff.after(4)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aFirstPauseBeyondTheLongestIsTheLongest() {
        Backoff backoff = new Backoff(Duration.ofMinutes(1), Duration.ofSeconds(30));

        assertThat(backoff.after(1)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void withoutALongestPauseTheDoublingEnds() {
        Backoff endless = new Backoff(Duration.ofMillis(1), Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(endless.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMillis(1L << 39));
    }
}
