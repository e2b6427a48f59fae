package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.ReceivedRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids come from outside: none of them reaches another path than its own. */
class HostileIdTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(strings = {"../balance", "a/b", "%2e%2e", "%2e%2e%2fbalance", "a?b", "a#b", "...", "видео 🎬"})
    void aHostileIdReachesNoOtherPath(String id) {
        client().submit(puppyIn(id), "key-1", "key-1", null, null);
        client().query(id);

        assertThat(simulator.requests())
                .extracting(ReceivedRequest::call)
                .containsExactly(Call.SUBMIT_REMIX, Call.STATUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../balance", "a/b", "%2e%2e", "a?b", "видео 🎬"})
    void aHostileIdIsAnIdLikeAnyOther(String id) {
        simulator.addSource(id);

        SubmitAnswer answer = client().submit(puppyIn(id), "key-1", "key-1", null, null);

        assertThat(answer).isInstanceOf(SubmitAnswer.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void anIdThatNoPathCanHoldIsRejectedBeforeAnythingIsSent(String id) {
        SubmitAnswer answer = client().submit(puppyIn(id), "key-1", "key-1", null, null);

        assertThat(answer)
                .asInstanceOf(type(SubmitAnswer.Rejected.class))
                .extracting(rejected -> rejected.reason().getOutcome())
                .isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(simulator.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void aQueryForSuchAnIdIsRejectedAndNotAskedAgain(String id) {
        QueryAnswer answer = client().query(id);

        assertThat(answer)
                .asInstanceOf(type(QueryAnswer.Rejected.class))
                .extracting(QueryAnswer.Rejected::failure)
                .isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task_\\u0000", "task_\\uD83D", "\\uDC36task", "LONG"})
    void anIdInAnAnswerThatNoLedgerKeepsIsNoneSoThatTheSubmitMayHaveBeenAccepted(String id) {
        simulator.addSource("video_1");
        String answer = "{\"id\": \"" + id.replace("LONG", "t".repeat(401)) + "\", \"status\": \"queued\"}";
        simulator.on(Call.SUBMIT).times(1).answer(200, answer);
        simulator.on(Call.STATUS).times(1).answer(200, answer);

        SubmitAnswer submitted = client().submit(puppyIn("video_1"), "key-1", "key-1", null, null);
        QueryAnswer asked = client().query("task_1");

        assertThat(submitted).isInstanceOf(SubmitAnswer.Unknown.class);
        assertThat(asked).isInstanceOf(QueryAnswer.RetryLater.class);
    }
}
