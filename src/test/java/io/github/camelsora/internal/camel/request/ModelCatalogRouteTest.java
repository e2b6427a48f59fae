package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.camel.key.KeyTestSupport;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.simulator.EndedModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options modelCatalog and creditPrices in routes. */
class ModelCatalogRouteTest extends KeyTestSupport {
    private static final String ENDED =
            "{\"models\": {\"sora-2\": {\"state\": \"ended\", \"ended\": \"2026-09-24\", \"successors\": [\"new-1\"]}}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aModelThatHasEndedIsRefusedBeforeAnythingIsSent(boolean isChecked) throws Exception {
        options().setModelCatalog(catalog(ENDED));
        start();

        Exchange out = send(remix + "&requestKey=order-1&validateRequest=" + isChecked, "A puppy");

        ModelUnavailableException refused = failureOf(out, ModelUnavailableException.class);
        assertThat(refused.getOutcome()).isEqualTo(SubmitOutcome.NOT_SENT);
        assertThat(refused.getTaskKey()).isEqualTo("order-1");
        assertThat(refused).hasMessageContainingAll("sora-2", "2026-09-24", "new-1", "nothing was paid");
        assertThat(toApis.requests(Call.SUBMIT)).isEmpty();
        assertThat(shared().ledger().find("default", "order-1")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CODE", "MESSAGE"})
    void aModelThatTheServiceDoesNotHaveIsNeitherPaidNorTakenForAMissingVideo(EndedModel form) throws Exception {
        toApis.endModel("sora-2", form);
        start();

        Exchange out = send(remix + "&requestKey=order-1", "A puppy");

        ModelUnavailableException rejected = failureOf(out, ModelUnavailableException.class);
        assertThat(rejected.getOutcome()).isEqualTo(SubmitOutcome.REJECTED);
        assertThat(rejected).hasMessageContainingAll("sora-2", "Nothing was paid");
        assertThat(toApis.requests(Call.SUBMIT)).hasSize(1);
        assertThat(toApis.books().charged()).isZero();
    }

    // A gateway may answer so after an upstream service has accepted the request, so a 503 is no proof that nothing was
    // paid.
    @Test
    void aModelWithoutAChannelLeavesTheSubmitUnknownAndItsKeyIsNotSentAgain() throws Exception {
        toApis.endModel("sora-2", EndedModel.NO_CHANNEL);
        start();

        Exchange out = send(remix + "&requestKey=order-1", "A puppy");
        Exchange again = send(remix + "&requestKey=order-1", "A puppy");

        for (Exchange each : List.of(out, again)) {
            SubmissionUnknownException lost = failureOf(each, SubmissionUnknownException.class);
            assertThat(lost.getOutcome()).isEqualTo(SubmitOutcome.UNKNOWN);
            assertThat(lost)
                    .hasMessageContainingAll(
                            "key order-1", "may be running and paid for", "Do not submit it again under another key");
        }
        assertThat(out.getException())
                .hasMessageContainingAll("503", "No available channel for model sora-2 under group default");
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.UNKNOWN);
        assertThat(toApis.requests(Call.SUBMIT)).hasSize(1);
        assertThat(toApis.books().charged()).isZero();
    }

    @Test
    void aTaskThatWasAcceptedAllTheSameIsFoundByItsKeyAndPaidOnce() throws Exception {
        toApis.on(Call.SUBMIT)
                .times(1)
                .afterProcessing()
                .answer(
                        503,
                        "{\"error\": {\"code\": \"model_not_found\", \"message\": \"No available channel for model sora-2\"}}");
        options().setRecoveryTimeout(LIMIT.toMillis());
        start();

        Exchange out = send(remix + "&requestKey=order-1", "A puppy");
        Exchange again = send(remix + "&requestKey=order-1", "A puppy");

        assertThat(List.of(out, again))
                .allSatisfy(each -> assertThat(each.getException()).isNull())
                .extracting(each -> each.getMessage().getHeader(SoraConstants.TASK_ID))
                .containsOnly(recordOf("order-1").taskId());
        assertPaid(1);
    }

    @Test
    void aModelThatHasEndedIsRefusedByAnyRoute() throws Exception {
        options().setModelCatalog(catalog(ENDED));
        start();

        Exchange out = send("sora:generate?model=some-model", "A street", SoraConstants.MODEL, "sora-2");

        failureOf(out, ModelUnavailableException.class);
        assertThat(toApis.requests(Call.SUBMIT)).isEmpty();
    }

    @Test
    void aKeyThatWasPaidIsAnsweredThoughItsModelHasEndedSince() throws Exception {
        start();
        send(remix + "&requestKey=order-1", "A puppy");

        Exchange out = send(remix + "&requestKey=order-1&modelCatalog=" + catalog(ENDED), "A puppy");

        assertThat(out.getException()).isNull();
        assertPaid(1);
    }

    @Test
    void aRejectedKeyIsNotPaidWhenItsModelHasEndedSince() throws Exception {
        start();
        toApis.on(Call.SUBMIT).times(1).answer(400, "{}");
        send(remix + "&requestKey=order-1", "A puppy");

        Exchange out = send(remix + "&requestKey=order-1&modelCatalog=" + catalog(ENDED), "A puppy");

        failureOf(out, ModelUnavailableException.class);
        assertThat(toApis.requests(Call.SUBMIT)).hasSize(1);
    }

    @Test
    void theCatalogueOfAnEndpointCountsInsteadOfThatOfTheComponent() throws Exception {
        options().setModelCatalog(catalog(ENDED));
        start();
        Path own = Files.writeString(folder.resolve("own.json"), "{\"models\": {}}");

        Exchange out = send(remix + "&modelCatalog=file:" + own, "A puppy");

        assertThat(out.getException()).isNull();
    }

    @Test
    void aCatalogueIsReadOnce() throws Exception {
        String name = catalog("{\"models\": {}}");
        start();
        send(remix + "&modelCatalog=" + name, "A puppy");
        catalog(ENDED);

        Exchange out = send(remix + "&aspectRatio=1:1&modelCatalog=" + name, "A puppy");

        assertThat(out.getException()).isNull();
    }

    @Test
    void aCatalogueMayBeOnTheClasspath() throws Exception {
        options().setModelCatalog("classpath:io/github/camelsora/models.json");
        start();

        Exchange out = send(remix + "&duration=25", "A puppy");

        failureOf(out, BadRequestException.class);
    }

    @Test
    void aModelOfTheUsersIsChecked() throws Exception {
        options()
                .setModelCatalog(
                        catalog(
                                "{\"models\": {\"new-1\": {\"operations\": {\"remix\": {\"allowed\": {\"duration\": [5]}}}}}}"));
        start();

        Exchange out = send(remix + "&model=new-1&duration=6", "A puppy");

        assertThat(failureOf(out, BadRequestException.class))
                .hasMessageContaining("Model new-1 allows the duration 5 s, not 6");
        assertThat(toApis.requests(Call.SUBMIT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:no-such-models.json", "classpath:no-such-models.json", "no-such-scheme:models.json"})
    void aCatalogueThatCannotBeReadEndsTheStart(String name) {
        options().setModelCatalog(name);

        assertThatThrownBy(this::start).hasStackTraceContaining("modelCatalog " + name + " cannot be read");
    }

    @Test
    void aCatalogueThatIsWrongEndsTheStart() throws Exception {
        String name = catalog("{\"models\": {\"new-1\": {\"colour\": 1}}}");
        options().setModelCatalog(name);

        assertThatThrownBy(this::start)
                .hasStackTraceContaining("modelCatalog " + name + " cannot be used: models → new-1 → colour");
    }

    @Test
    void aPriceThatCannotBeReadEndsTheStart() {
        options().setCreditPrices("sora-2=much");

        assertThatThrownBy(this::start).hasStackTraceContaining("creditPrices has the entry 'sora-2=much'");
    }

    @Test
    void withoutAPriceTheRecordHasNone() throws Exception {
        start();

        send(remix + "&requestKey=order-1", "A puppy");

        assertThat(recordOf("order-1").price().estimated()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "10, 11", "15, 30", "20, 40"})
    void anEntryOfTheEndpointCountsBeforeThoseOfTheComponentAndOfTheCatalogue(int duration, BigDecimal price)
            throws Exception {
        options()
                .setModelCatalog(
                        catalog("{\"models\": {\"m\": {\"price\": \"2/s\", \"prices\": {\"10\": 10, \"5\": 3}}}}"));
        options().setCreditPrices("m/10=11, m/15=12");
        start();

        send(remix + "&requestKey=order-1&model=m&creditPrices=m/15=30&duration=" + duration, "A puppy");

        assertThat(recordOf("order-1").price().estimated()).isEqualByComparingTo(price);
    }

    @Test
    void thePriceIsThatOfTheFirstSubmitUnderAKey() throws Exception {
        start();
        send(remix + "&requestKey=order-1&creditPrices=sora-2=20", "A puppy");

        send(remix + "&requestKey=order-1&creditPrices=sora-2=30", "A puppy");

        TaskRecord record = recordOf("order-1");
        assertThat(record.price().estimated()).isEqualByComparingTo("20");
    }

    @Test
    void aShippedCatalogueThatIsTheUsersTooChangesNothing() {
        options().setModelCatalog("classpath:io/github/camelsora/models.json");

        assertThatCode(this::start).doesNotThrowAnyException();
    }

    private String catalog(String json) throws IOException {
        return "file:" + Files.writeString(folder.resolve("models.json"), json);
    }
}
