package io.github.camelsora.internal.camel.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.simulator.Call;
import io.github.camelsora.support.SoraTestSupport;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which task status, await and download are about: that of the body, else of the header, else of the option. */
class TaskIdRouteTest extends SoraTestSupport {
    @TempDir
    Path videos;

    @BeforeEach
    void startWithTasks() throws Exception {
        List.of("of-body", "of-header", "of-option").forEach(toApis::addSource);
        options().setDirectory(videos.toString());
        start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "await", "download"})
    void theTaskOfTheBodyComesFirst(String operation) {
        Exchange out = send("sora:" + operation + "?taskId=of-option", task("of-body"), "CamelSoraTaskId", "of-header");

        assertAskedOnlyFor("of-body", out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "await", "download"})
    void theHeaderComesBeforeTheOption(String operation) {
        Exchange out = send("sora:" + operation + "?taskId=of-option", null, "CamelSoraTaskId", "of-header");

        assertAskedOnlyFor("of-header", out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "await", "download"})
    void theOptionIsTheLast(String operation) {
        Exchange out = send("sora:" + operation + "?taskId=of-option", null);

        assertAskedOnlyFor("of-option", out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "await", "download"})
    void textIsNoTask(String operation) {
        Exchange out = send("sora:" + operation + "?taskId=of-option", "of-body");

        assertAskedOnlyFor("of-option", out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "await", "download"})
    void aFileNameOfAnEarlierStepIsNoTask(String operation) {
        Exchange out = send("sora:" + operation, null, "CamelFileName", "of-header");

        assertThat(out.getException()).isInstanceOf(BadRequestException.class).hasMessageContaining("CamelSoraTaskId");
        assertThat(toApis.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"status, ..", "await, ..", "download, ..", "status, .", "await, .", "download, ."})
    void anIdThatCanBeNoneIsRejected(String operation, String id) {
        Exchange out = send("sora:" + operation + "?completionTimeout=1s", null, "CamelSoraTaskId", id);

        assertThat(out.getException()).isInstanceOf(BadRequestException.class);
        assertThat(toApis.requests()).isEmpty();
    }

    private static VideoTask task(String id) {
        return new VideoTask(
                id, null, null, TaskStatus.QUEUED, 0, null, null, null, null, null, null, null, null, null);
    }

    private void assertAskedOnlyFor(String id, Exchange out) {
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getHeader("CamelSoraTaskId")).isEqualTo(id);
        assertThat(toApis.requests(Call.STATUS)).isNotEmpty().allSatisfy(request -> assertThat(request.path())
                .isEqualTo("/v1/videos/generations/" + id));
    }
}
