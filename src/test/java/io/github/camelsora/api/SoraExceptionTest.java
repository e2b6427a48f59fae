package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.SoraException.About;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SoraExceptionTest {
    private static final Throwable CAUSE = new IllegalStateException("behind it");

    @ParameterizedTest
    @CsvSource({"NOT_SENT, true", "REJECTED, true", "ACCEPTED, false", "UNKNOWN, false"})
    void onlyWhatWasNeverAcceptedIsSafeToResend(SubmitOutcome outcome, boolean safe) {
        assertThat(outcome.isSafeToResend()).isEqualTo(safe);
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionIsAsSafeToResendAsItsOutcome(SubmitOutcome outcome) {
        SoraException exception = new BadRequestException("No", new About(outcome, "key-1", null), null);

        assertThat(exception.isSafeToResend()).isEqualTo(outcome.isSafeToResend());
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                named("BadRequestException", about -> new BadRequestException("No", about, CAUSE)),
                named("AuthenticationException", about -> new AuthenticationException("No", about, CAUSE)),
                named("ModelUnavailableException", about -> new ModelUnavailableException("No", about, CAUSE)),
                named("InsufficientCreditsException", about -> new InsufficientCreditsException("No", about, CAUSE)),
                named("ContentRefusedException", about -> new ContentRefusedException("No", about, CAUSE)),
                named("RateLimitedException", about -> new RateLimitedException("No", about, null)),
                named("TaskNotFoundException", about -> new TaskNotFoundException("No", about, CAUSE)),
                named("ServiceUnavailableException", about -> new ServiceUnavailableException("No", about, CAUSE)),
                named("SubmissionUnknownException", about -> new SubmissionUnknownException("No", about, CAUSE)),
                named("KeyConflictException", about -> new KeyConflictException("No", about, CAUSE)),
                named("WaitTimedOutException", about -> new WaitTimedOutException("No", about, CAUSE)),
                named("WaitParkedException", about -> new WaitParkedException("No", about, CAUSE)),
                named("ResultExpiredException", about -> new ResultExpiredException("No", about, CAUSE)),
                named("DownloadFailedException", about -> new DownloadFailedException("No", about, CAUSE)));
    }

    private static Arguments named(String name, Function<About, SoraException> constructor) {
        return Arguments.of(Named.of(name, constructor));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void anExceptionTellsWhichTaskItIsAbout(Function<About, SoraException> constructor) {
        SoraException exception = constructor.apply(new About(SubmitOutcome.UNKNOWN, "key-1", "video_1"));

        assertThat(exception)
                .extracting(SoraException::getOutcome, SoraException::getTaskKey, SoraException::getTaskId)
                .containsExactly(SubmitOutcome.UNKNOWN, "key-1", "video_1");
    }

    @Test
    void aRequestThatNeverLeftHasNeitherKeyNorId() {
        SoraException exception = new BadRequestException("No", About.NOTHING_SENT, null);

        assertThat(exception)
                .extracting(SoraException::getOutcome, SoraException::getTaskKey, SoraException::getTaskId)
                .containsExactly(SubmitOutcome.NOT_SENT, null, null);
    }

    @Test
    void aTaskThatFailedWasAcceptedAndIsNotSafeToResend() {
        TaskFailedException exception = new TaskFailedException(failed("generation_failed", "Content violates"));

        assertThat(exception)
                .extracting(SoraException::getOutcome, SoraException::isSafeToResend)
                .containsExactly(SubmitOutcome.ACCEPTED, false);
    }

    @Test
    void aTaskThatFailedTellsWhyAndThatANewTryIsPaidAgain() {
        TaskFailedException exception = new TaskFailedException(failed("generation_failed", "Content violates"));

        assertThat(exception)
                .hasMessageContainingAll(
                        "video_1", "FAILED", "Content violates", "generation_failed", "paid for again");
    }

    @Test
    void aTaskThatFailedWithoutAReasonSaysSo() {
        TaskFailedException exception = new TaskFailedException(failed(null, null));

        assertThat(exception).hasMessageContaining("no reason").hasMessageNotContaining("null");
    }

    @Test
    void aTaskThatFailedHandsOutItsResult() {
        VideoTask result = failed("generation_failed", "Content violates");

        assertThat(new TaskFailedException(result).getTask()).isSameAs(result);
    }

    @Test
    void aRateLimitTellsHowLongToWait() {
        RateLimitedException exception =
                new RateLimitedException("Too many", About.NOTHING_SENT, Duration.ofSeconds(7));

        assertThat(exception.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    private static VideoTask failed(String code, String message) {
        return new VideoTask(
                "video_1",
                "key-1",
                null,
                TaskStatus.FAILED,
                0,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                code,
                message,
                Map.of());
    }
}
