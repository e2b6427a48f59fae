package io.github.camelsora.internal.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.AccountPausedException;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.ledger.TaskKey;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that fails unsent keeps the type of its reason, and no longer says that nothing was paid. */
class ExplainedExceptionsTest {
    private static final String MESSAGE =
            "The request was not sent, say why. Nothing was sent and nothing was paid; it is safe to send it again. Do that.";

    private static final About NOT_SENT = new About(SubmitOutcome.NOT_SENT, "key-2", null);

    static Stream<SoraException> reasons() {
        return Stream.of(
                new AccountPausedException(MESSAGE, NOT_SENT, null),
                new AuthenticationException(MESSAGE, NOT_SENT, null),
                new BadRequestException(MESSAGE, NOT_SENT, null),
                new InsufficientCreditsException(MESSAGE, NOT_SENT, null),
                new KeyConflictException(MESSAGE, NOT_SENT, null),
                new ModelUnavailableException(MESSAGE, NOT_SENT, null),
                new RateLimitedException(MESSAGE, NOT_SENT, Duration.ofSeconds(7)),
                new ResultExpiredException(MESSAGE, NOT_SENT, null),
                new ServiceUnavailableException(MESSAGE, NOT_SENT, null),
                new SpendLimitException(MESSAGE, NOT_SENT, Duration.ofSeconds(7)),
                new WaitParkedException(MESSAGE, NOT_SENT, null));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void theTypeStaysAndTheEarlierSubmitDecidesTheOutcome(SoraException reason) {
        SoraException explained = ExplainedExceptions.afterUnread(reason, new TaskKey("default", "key-1"));

        assertThat(explained).hasSameClassAs(reason);
        assertThat(explained.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
        assertThat(explained.getTaskKey()).isEqualTo("key-1");
        assertThat(explained)
                .hasMessageStartingWith("The request was not sent, say why. Do that. Nothing was sent now. Whether an"
                        + " earlier submit under key key-1 was paid is unknown");
        assertThat(explained.getMessage()).doesNotContain("nothing was paid", "safe to send");
        if (explained instanceof SpendLimitException limit) {
            assertThat(limit.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
        } else if (explained instanceof RateLimitedException limit) {
            assertThat(limit.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
        }
    }
}
