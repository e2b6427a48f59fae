package io.github.camelsora.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a JVM does while the bucket that it shares with others cannot be reached. */
class SharedTokensTest {
    private final MovedTime time = new MovedTime();
    private final AtomicBoolean isAway = new AtomicBoolean();
    private final Rate rate = new Rate(10, 100);
    private final Tokens bucket = Tokens.of(rate, time);
    private final Tokens tokens = new SharedTokens(
            "test",
            new Tokens() {
                @Override
                public Grant take(int wanted) {
                    if (isAway.get()) {
                        throw new IllegalStateException("It is away");
                    }
                    return bucket.take(wanted);
                }

                @Override
                public void giveBack(int count) {
                    bucket.giveBack(count);
                }

                @Override
                public boolean areAtHand() {
                    return false;
                }
            },
            rate,
            time);

    @Test
    void whileItCanBeReachedItGivesWhatItHas() {
        assertThat(tokens.take(30).count()).isEqualTo(30);
    }

    @Test
    void whileItCannotBeReachedATenthIsSent() {
        isAway.set(true);

        int sent = 0;
        for (int second = 0; second < 60; second++) {
            sent += tokens.take(100).count();
            time.pass(Duration.ofSeconds(1));
        }

        assertThat(sent).isBetween(59, 61);
    }

    @Test
    void whenItIsBackItIsUsedAgain() {
        isAway.set(true);
        tokens.take(1);
        isAway.set(false);

        time.pass(Duration.ofSeconds(10));

        assertThat(tokens.take(30).count()).isEqualTo(30);
    }
}
