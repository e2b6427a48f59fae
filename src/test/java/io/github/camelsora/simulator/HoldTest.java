package io.github.camelsora.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HoldTest extends SimulatorTest {

    @Test
    void aHeldSubmitIsNotAcceptedUntilItIsReleased() {
        Hold hold = simulator().on(Call.SUBMIT).hold();
        CompletableFuture<HttpResponse<String>> answer = remixElsewhere();
        hold.awaitReached(SOON);

        assertThat(simulator().books().submitsReceived()).isEqualTo(1);
        assertThat(simulator().books().submitsAccepted()).isZero();
        assertThat(hold.waiting()).isEqualTo(1);
        assertThat(answer).isNotDone();

        hold.release();
        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(simulator().books().submitsAccepted()).isEqualTo(1);
        assertThat(hold.waiting()).isZero();
    }

    @Test
    void aHeldAnswerBelongsToAnAcceptedSubmit() {
        Hold hold = simulator().on(Call.SUBMIT).afterProcessing().hold();
        CompletableFuture<HttpResponse<String>> answer = remixElsewhere();
        hold.awaitReached(SOON);

        assertThat(simulator().books().submitsAccepted()).isEqualTo(1);
        assertThat(answer).isNotDone();

        hold.release();
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void aHeldSubmitThatIsCutIsNeverAccepted() {
        Hold hold = simulator().on(Call.SUBMIT).hold();
        CompletableFuture<HttpResponse<String>> answer = remixElsewhere();
        hold.awaitReached(SOON);

        hold.cut();

        assertCut(answer);
        assertThat(simulator().books().submitsAccepted()).isZero();
    }

    @Test
    void aHeldAnswerThatIsCutLeavesAnAcceptedSubmit() {
        Hold hold = simulator().on(Call.SUBMIT).afterProcessing().hold();
        CompletableFuture<HttpResponse<String>> answer = remixElsewhere();
        hold.awaitReached(SOON);

        hold.cut();

        assertCut(answer);
        assertThat(simulator().books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void oneHoldCanHoldSeveralRequests() {
        Hold hold = simulator().on(Call.SUBMIT).times(2).hold();
        CompletableFuture<HttpResponse<String>> first = remixElsewhere();
        CompletableFuture<HttpResponse<String>> second = remixElsewhere();
        hold.awaitReached(2, SOON);
        CompletableFuture<HttpResponse<String>> third = remixElsewhere();

        assertThat(third.join().statusCode()).isEqualTo(200);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();

        hold.release();
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(second.join().statusCode()).isEqualTo(200);
    }

    @Test
    void clearingFaultsReleasesHeldRequests() {
        Hold hold = simulator().on(Call.SUBMIT).hold();
        CompletableFuture<HttpResponse<String>> answer = remixElsewhere();
        hold.awaitReached(SOON);

        simulator().clearFaults();

        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void aResetCutsHeldRequests() {
        Hold hold = simulator().on(Call.SUBMIT).afterProcessing().hold();
        CompletableFuture<HttpResponse<String>> answer = remixElsewhere();
        hold.awaitReached(SOON);

        simulator().reset();

        assertCut(answer);
        assertThat(simulator().books().submitsAccepted()).isZero();
    }

    @Test
    void closingTheSimulatorCutsHeldRequests() {
        Hold hold = simulator().on(Call.SUBMIT).hold();
        CompletableFuture<HttpResponse<String>> answer = remixElsewhere();
        hold.awaitReached(SOON);

        simulator().close();

        assertCut(answer);
    }

    @Test
    void awaitingARequestThatIsNeverHeldFails() {
        Hold hold = simulator().on(Call.SUBMIT).hold();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> hold.awaitReached(Duration.ofMillis(1)))
                .withMessageStartingWith("0 of 1");
    }

    private CompletableFuture<HttpResponse<String>> remixElsewhere() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return remix(PUPPY);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                command -> new Thread(command, "held caller").start());
    }

    private static void assertCut(CompletableFuture<HttpResponse<String>> answer) {
        await().atMost(SOON).until(answer::isDone);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(answer::join)
                .withCauseInstanceOf(IOException.class);
    }
}
