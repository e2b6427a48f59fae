package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmitPlan;
import io.github.camelsora.api.SubmitPlan.Effect;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.ApiError;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With dryRun a submit says what it would do, and does nothing. */
class DryRunRouteTest extends SoraTestSupport {
    private String remix() {
        return "sora:remix?videoId=" + toApis.addSource() + "&requestKey=RAW(key-1)";
    }

    private SubmitPlan plan(String uri, Object body) {
        Exchange out = send(uri + "&dryRun=true", body);
        assertThat(out.getException()).isNull();
        return out.getMessage().getBody(SubmitPlan.class);
    }

    @Test
    void aNewKeyWouldBePaid() throws Exception {
        options().setCreditPrices("sora-2=20");
        start();

        SubmitPlan plan = plan(remix(), "Add a puppy");

        assertThat(plan.effect()).isEqualTo(Effect.SEND);
        assertThat(plan.operation()).isEqualTo("remix");
        assertThat(plan.key()).isEqualTo("key-1");
        assertThat(plan.price()).isEqualByComparingTo(BigDecimal.valueOf(20));
        assertThat(plan.request()).containsEntry("prompt", "Add a puppy").containsKey("video_id");
        assertThat(plan.refusal()).isNull();
    }

    @Test
    void nothingIsSentAndNothingIsWritten() throws Exception {
        start();
        String remix = remix();

        plan(remix, "Add a puppy");

        assertThat(toApis.requests(Call.SUBMIT)).isEmpty();
        assertThat(shared().ledger().find("default", "key-1")).isEmpty();
        assertThat(send(remix, "Add a dragon").getException()).isNull();
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aGeneratedKeyIsNotNamed() throws Exception {
        start();

        SubmitPlan plan = plan("sora:remix?videoId=" + toApis.addSource(), "Add a puppy");

        assertThat(plan.effect()).isEqualTo(Effect.SEND);
        assertThat(plan.key()).isNull();
        assertThat(plan.price()).isNull();
    }

    @Test
    void aKeyThatWasPaidForNamesItsTask() throws Exception {
        toApis.taskDuration(Duration.ofHours(1));
        start();
        String remix = remix();
        VideoTask running = send(remix + "&waitForCompletion=false", "Add a puppy")
                .getMessage()
                .getBody(VideoTask.class);

        SubmitPlan plan = plan(remix, "Add a puppy");

        assertThat(plan.effect()).isEqualTo(Effect.FOLLOW);
        assertThat(plan.taskId()).isEqualTo(running.id());
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
    }

    @Test
    void aKeyOfAnotherRequestIsAConflict() throws Exception {
        start();
        String remix = remix();
        send(remix, "Add a puppy");

        SubmitPlan plan = plan(remix, "Add a dragon");

        assertThat(plan.effect()).isEqualTo(Effect.CONFLICT);
        assertThat(plan.refusal()).contains("key-1", "different request");
    }

    @Test
    void theRequestIsChecked() throws Exception {
        start();

        Exchange out = send(remix() + "&dryRun=true&duration=7", "Add a puppy");

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("10 s or 15 s");
    }

    @Test
    void aModelThatHasEndedWouldBeRefused(@TempDir Path folder) throws Exception {
        Path models = folder.resolve("models.json");
        Files.writeString(models, "{\"models\": {\"sora-2\": {\"state\": \"ended\", \"successors\": [\"sora-9\"]}}}");
        start();

        SubmitPlan plan = plan(remix() + "&modelCatalog=file:" + models, "Add a puppy");

        assertThat(plan.effect()).isEqualTo(Effect.SEND);
        assertThat(plan.refusal()).contains("sora-2 has ended", "sora-9");
    }

    @Test
    void anAccountThatAnOperatorHasPausedWouldLetItWait() throws Exception {
        start();
        sora().operator().pause("default", new Operator("joe", "The bill is too high"));

        SubmitPlan plan = plan(remix(), "Add a puppy");

        assertThat(plan.refusal())
                .startsWith("It would wait until submitTimeout: account 'default' is paused since ")
                .contains("The bill is too high", "(resume)")
                .doesNotContain("was not sent");
    }

    @Test
    void aLimitOfSpendingRefusesItAlsoWhileAnOperatorHasPausedTheAccount() throws Exception {
        options().setCreditPrices("sora-2=20");
        options().setSpendLimit("10/1d");
        start();
        sora().operator().pause("default", new Operator("joe", "The bill is too high"));

        SubmitPlan plan = plan(remix(), "Add a puppy");

        assertThat(plan.refusal()).contains("spendLimit 10/1d");
        assertThat(send(remix(), "Add a puppy").getException()).isInstanceOf(SpendLimitException.class);
    }

    @Test
    void anAccountWhoseApiKeyWasRejectedWouldRefuseIt() throws Exception {
        start();
        toApis.on(Call.SUBMIT).times(1).refuse(ApiError.UNAUTHORIZED);
        send("sora:remix?videoId=" + toApis.addSource(), "A dragon");

        SubmitPlan plan = plan(remix(), "Add a puppy");

        assertThat(plan.refusal()).contains("was not sent", "rejected its API key");
    }

    @Test
    void thePlanIsJsonForOtherComponents() throws Exception {
        start();

        String json = send(remix() + "&dryRun=true", "Add a puppy").getMessage().getBody(String.class);

        assertThat(new ObjectMapper().readTree(json).path("effect").asText()).isEqualTo("SEND");
    }
}
