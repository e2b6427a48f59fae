package io.github.camelsora.internal.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.tasks.TasksTestSupport;
import io.github.camelsora.simulator.ToApisSimulator;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two components of one ledger use one account name for two services: a task is asked for only where it is. */
class TwoServicesTest extends TasksTestSupport {
    private static final String KEY = "CamelSoraRequestKey";

    private ToApisSimulator other;

    @BeforeEach
    void addAComponentForAnotherService() throws Exception {
        other = ToApisSimulator.start();
        other.addSource(source);
        SoraComponent second = new SoraComponent();
        second.setConfiguration(options().copy());
        second.getConfiguration().setBaseUrl(other.baseUrl());
        second.getConfiguration().setApiKey(other.apiKey());
        camel.addComponent("sora2", second);
        start();
    }

    @AfterEach
    void stopTheOtherService() {
        other.close();
    }

    @Test
    void aKeyThatRunsAtAnotherServiceIsAConflictThatNamesBoth() throws Exception {
        CompletableFuture<Exchange> here = beginAtFirst("order-1");

        Exchange there = send(atSecond(remix), "A puppy", KEY, "order-1");

        assertNamesBoth(failureOf(there, KeyConflictException.class));
        assertThat(other.requests()).isEmpty();
        toApis.complete(recordOf("order-1").taskId());
        assertThat(here).succeedsWithin(LIMIT);
        assertThat(here.join().getException()).isNull();
    }

    @Test
    void aKeyThatHasEndedAtAnotherServiceIsAnsweredAndNotPaidAgain() throws Exception {
        Exchange here = send(remix, "A puppy", KEY, "order-1");

        Exchange there = send(atSecond(remix), "A puppy", KEY, "order-1");

        assertThat(there.getMessage().getBody(VideoTask.class))
                .isEqualTo(here.getMessage().getBody(VideoTask.class));
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void aKeyThatWasRejectedAtAnotherServiceIsSentToThisOne() throws Exception {
        toApis.credits(0);
        send(remix, "A puppy", KEY, "order-1");

        Exchange there = send(atSecond(remix), "A puppy", KEY, "order-1");

        assertThat(there.getException()).isNull();
        assertThat(other.books().submitsAccepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "await", "download"})
    void aTaskThatRunsAtAnotherServiceIsNotAskedForHere(String operation) throws Exception {
        beginAtFirst("order-1");
        String taskId = recordOf("order-1").taskId();

        Exchange there = send("sora2:" + operation + "?taskId=" + taskId, null);

        assertNamesBoth(failureOf(there, BadRequestException.class));
        assertThat(other.requests()).isEmpty();
        assertThat(recordOf("order-1").state()).isEqualTo(TaskState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "download"})
    void aTaskThatHasEndedAtAnotherServiceIsNotCalledUnknown(String operation) throws Exception {
        send(remix, "A puppy", KEY, "order-1");
        String taskId = recordOf("order-1").taskId();

        Exchange there = send("sora2:" + operation + "?taskId=" + taskId, null);

        assertNamesBoth(failureOf(there, BadRequestException.class));
    }

    private CompletableFuture<Exchange> beginAtFirst(String key) throws Exception {
        letTasksRunLong();
        CompletableFuture<Exchange> begun = begin(remix, "A puppy", KEY, key);
        awaitState(key, TaskState.RUNNING);
        return begun;
    }

    private static String atSecond(String uri) {
        return uri.replace("sora:", "sora2:");
    }

    private void assertNamesBoth(SoraException failure) {
        assertThat(failure.getOutcome()).isEqualTo(SubmitOutcome.ACCEPTED);
        assertThat(failure.getTaskId()).isEqualTo(recordOf("order-1").taskId());
        assertThat(failure).hasMessageContaining(toApis.baseUrl()).hasMessageContaining(other.baseUrl());
    }
}
