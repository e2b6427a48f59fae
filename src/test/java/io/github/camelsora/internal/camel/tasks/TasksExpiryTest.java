package io.github.camelsora.internal.camel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A video is available for a day: the one with the least time left is delivered first. */
class TasksExpiryTest extends TasksTestSupport {

    @BeforeEach
    void letTasksRun() {
        toApis.taskDuration(Duration.ofHours(1));
    }

    @Test
    void theTaskThatExpiresFirstIsDeliveredFirstAlsoWhenItHasEndedLast() throws Exception {
        start(receivingTasks(TASKS + "&maxMessagesPerPoll=1&concurrentConsumers=1")
                .andNotAtOnce());
        end("third", Duration.ofHours(24));
        end("second", Duration.ofHours(2));
        end("first", Duration.ofHours(1));

        camel.getRouteController().startRoute("receivingTasks");

        awaitReceived(3);
        assertThat(receivedKeys()).containsExactly("first", "second", "third");
    }

    private void end(String key, Duration left) {
        fireAndForget(key);
        toApis.answerStatus(recordOf(key).taskId(), """
                {"id": "%s", "status": "completed", "expires_at": %d,
                 "result": {"data": [{"url": "https://files.test/x.mp4"}]}}
                """.formatted(
                        recordOf(key).taskId(), Instant.now().plus(left).getEpochSecond()));
        awaitDue(key);
    }
}
