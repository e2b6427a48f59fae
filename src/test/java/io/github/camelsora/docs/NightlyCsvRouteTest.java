package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelsora.simulator.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.file.FileEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs {@code routes/nightly-csv.yaml} with a real Quartz. */
class NightlyCsvRouteTest extends FollowUpTestSupport {
    private Path prompts;
    private String source;

    @BeforeEach
    void preparePrompts() {
        prompts = folder.resolve("prompts");
        property("sora.csv.directory", prompts.toString());
        source = toApis.addSource("video_source");
        camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            if (endpoint instanceof FileEndpoint file) {
                file.setReadLockCheckInterval(20);
            }
            return endpoint;
        });
    }

    @Test
    void eachRowIsRemixedAndStoredUnderItsFileAndId() throws Exception {
        start("nightly-csv");

        drop("night.csv", row("1", "Add a puppy"), row("2", "\"Let it rain, and \"\"pour\"\"\""));
        letTheNightCome();

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:1") && isDelivered("night.csv:2"));
        assertThat(video("night.csv/1")).isNotEmptyFile();
        assertThat(video("night.csv/2")).isNotEmptyFile();
        assertThat(toApis.requests(Call.SUBMIT))
                .extracting(request -> request.json().get("prompt").asText())
                .containsExactly("Add a puppy", "Let it rain, and \"pour\"");
    }

    @Test
    void theSameFileDroppedTwiceIsPaidOnce() throws Exception {
        start("nightly-csv");

        run("night.csv", row("1", "Add a puppy"), row("2", "Add a cat"));
        await().atMost(LIMIT).until(() -> isDelivered("night.csv:1") && isDelivered("night.csv:2"));
        run("night.csv", row("1", "Add a puppy"), row("2", "Add a cat"), row("3", "Add a dog"));

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:3"));
        assertThat(toApis.books().submitsReceived()).isEqualTo(3);
    }

    @Test
    void aFileThatArrivesAgainBeforeItsVideosAreStoredLosesNone() throws Exception {
        start("nightly-csv");
        camel.getRouteController().stopRoute("nightly-csv-ended");

        run("night.csv", row("1", "Add a puppy"));
        await().atMost(LIMIT).until(() -> ledger.findDue("default", null, 10).size() == 1);
        run("night.csv", row("1", "Add a puppy"));
        camel.getRouteController().startRoute("nightly-csv-ended");

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:1"));
        assertThat(video("night.csv/1")).isNotEmptyFile();
        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
    }

    @Test
    void badRowsAreLoggedAndTheOthersContinue() throws Exception {
        start("nightly-csv");

        run(
                "night.csv",
                row("1", "\"An open quote"),
                "2," + source,
                row("", "Add a puppy"),
                row("4", "[refuse] this"),
                "5,video_that_is_not_there,Add a puppy",
                row("6", ""),
                "",
                row("8", "Add a puppy, without quotes"),
                row("9", "Add a puppy"));

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:9"));
        assertThat(toApis.books().submitsAccepted()).isEqualTo(1);
        assertThat(logged.stream().filter(line -> line.startsWith("Line ")))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("Line 2 of night.csv is not CSV, check its quotes"),
                        line -> assertThat(line).startsWith("Line 3 of night.csv: It needs three columns"),
                        line -> assertThat(line).startsWith("Line 4 of night.csv: It needs three columns"),
                        line -> assertThat(line).startsWith("Line 5 of night.csv: "),
                        line -> assertThat(line).startsWith("Line 6 of night.csv: "),
                        line -> assertThat(line).startsWith("Line 7 of night.csv: "),
                        line -> assertThat(line).startsWith("Line 9 of night.csv: It needs three columns"));
    }

    @Test
    void aRejectedRowIsPaidOnceItIsCorrected() throws Exception {
        start("nightly-csv");

        run("night.csv", row("1", "[refuse] this"), row("2", "Add a cat"));
        run("night.csv", row("1", "Add a puppy"), row("2", "Add a cat"));

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:1"));
        assertThat(toApis.books().submitsAccepted()).isEqualTo(2);
    }

    @Test
    void aRowThatIsChangedUnderItsIdIsLoggedAndNotPaid() throws Exception {
        start("nightly-csv");

        run("night.csv", row("1", "Add a puppy"));
        run("night.csv", row("1", "Add a cat"));

        assertThat(toApis.books().submitsReceived()).isEqualTo(1);
        assertThat(logged.stream().filter(line -> line.startsWith("Line 2 of night.csv: ")))
                .singleElement()
                .asString()
                .contains("key");
    }

    @Test
    void aFailedTaskIsLoggedWithItsRow() throws Exception {
        start("nightly-csv");

        run("night.csv", row("1", "[fail] this"));

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:1"));
        assertThat(logged).last().asString().startsWith("Row 1 of night.csv is FAILED: ");
    }

    @Test
    void aFileWhoseRunFailsStaysAndTheNextRunContinuesWithIt() throws Exception {
        toApis.credits(20);
        start("nightly-csv");

        drop("night.csv", row("1", "Add a puppy"), row("2", "Add a cat"), row("3", "Add a dog"));
        letTheNightCome();
        await().atMost(LIMIT).until(() -> toApis.books().submitsReceived() == 2);
        toApis.credits(1_000);
        resumeAccount();
        await().atMost(LIMIT).until(() -> {
            letTheNightCome();
            return !Files.exists(prompts.resolve("night.csv"));
        });

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:3"));
        assertThat(toApis.books().submitsAccepted()).isEqualTo(3);
        assertThat(logged).noneMatch(line -> line.startsWith("Line "));
    }

    @Test
    void aFileInAnotherOrderIsNotSent() throws Exception {
        start("nightly-csv");

        Files.createDirectories(prompts);
        Files.writeString(prompts.resolve("night.csv"), "id,prompt,video_id\n1,Add a puppy," + source + "\n");
        letTheNightCome();

        await().atMost(LIMIT).until(() -> !failures.isEmpty());
        assertThat(failures.get(0)).hasMessage("The first line of night.csv must be id,video_id,prompt");
        assertThat(prompts.resolve("night.csv")).exists();
        assertThat(toApis.books().submitsReceived()).isZero();
    }

    @Test
    void aFileThatTheStopOfTheContextInterruptsStaysForTheNextStart() throws Exception {
        toApis.on(Call.SUBMIT)
                .when(request -> request.body().contains("Add a cat"))
                .answer(429, "{}", "Retry-After: 600");
        start("nightly-csv");

        drop("night.csv", row("1", "Add a puppy"), row("2", "Add a cat"), row("3", "Add a dog"));
        letTheNightCome();
        await().atMost(LIMIT).until(() -> toApis.books().submitsReceived() == 2);
        camel.stop();

        assertThat(prompts.resolve("night.csv")).exists();
        assertThat(toApis.books().submitsReceived()).isEqualTo(2);
        assertThat(logged).noneMatch(line -> line.startsWith("Line "));
    }

    /** What spreadsheets write: all in quotes, Windows line ends, a byte order mark. */
    @Test
    void aFileFromASpreadsheetIsRead() throws Exception {
        start("nightly-csv");

        Files.createDirectories(prompts);
        Files.writeString(
                prompts.resolve("night.csv"),
                "\uFEFF\"id\",\"video_id\",\"prompt\"\r\n\"1\",\"" + source + "\",\"Füge einen Welpen hinzu\"\r\n");
        letTheNightCome();

        await().atMost(LIMIT).until(() -> isDelivered("night.csv:1"));
        assertThat(toApis.requests(Call.SUBMIT).get(0).json().get("prompt").asText())
                .isEqualTo("Füge einen Welpen hinzu");
    }

    private String row(String id, String prompt) {
        return id + "," + source + "," + prompt;
    }

    /** Puts a file there, and returns when a run is through with it. */
    private void run(String name, String... rows) throws Exception {
        drop(name, rows);
        letTheNightCome();
        await().atMost(LIMIT).until(() -> !Files.exists(prompts.resolve(name)));
    }

    private void drop(String name, String... rows) throws Exception {
        Files.createDirectories(prompts);
        Files.writeString(prompts.resolve(name), "id,video_id,prompt\n" + String.join("\n", rows) + "\n");
    }
}
