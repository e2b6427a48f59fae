package io.github.camelsora.internal.toapis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskJsonTest {
    private static final Instant AT = Instant.parse("2026-01-14T08:43:44.123Z");
    private static final VideoTask BARE = new VideoTask(
            "video_1", null, null, TaskStatus.QUEUED, null, null, null, null, null, null, null, null, null, null);

    private static VideoTask full(TaskStatus status) {
        Map<String, Object> raw = new HashMap<>();
        raw.put("progress", "100%");
        raw.put("error", null);
        raw.put("result", Map.of("data", Arrays.asList(1, 2.5, true, null, "ü🎬")));
        return new VideoTask(
                "video_1",
                "key-1",
                null,
                status,
                100,
                "sora-2",
                AT,
                AT.plusSeconds(1),
                AT.plusSeconds(2),
                "https://f.test/1.mp4?sig=a%2Fb",
                List.of(
                        new Video("https://f.test/1.mp4?sig=a%2Fb", "mp4", "https://f.test/l.png"),
                        new Video("https://f.test/2.mp4", null, null)),
                "code",
                "message",
                raw);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskComesBackAsItWas(TaskStatus status) {
        VideoTask task = full(status);

        assertThat(TaskJson.read(TaskJson.write(task))).isEqualTo(task);
    }

    @Test
    void aTaskWithoutAnyValueComesBackAsItWas() {
        assertThat(TaskJson.read(TaskJson.write(BARE))).isEqualTo(BARE);
    }

    @Test
    void theFieldsAreNamedLikeTheTasksOwn() {
        Map<String, Object> map = full(TaskStatus.COMPLETED).toMap();

        assertThat(map)
                .containsOnlyKeys(Arrays.stream(VideoTask.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toArray(String[]::new));
    }

    @Test
    void fieldsWithoutAValueAreThereAsNull() {
        assertThat(BARE.toMap()).containsEntry("videoUrl", null).containsEntry("errorCode", null);
    }

    @Test
    void timesAreWrittenAsTextThatPeopleCanRead() {
        assertThat(full(TaskStatus.COMPLETED).toMap()).containsEntry("createdAt", "2026-01-14T08:43:44.123Z");
    }

    @Test
    void aTaskOfALaterVersionIsRead() {
        VideoTask task = TaskJson.read("{\"id\": \"video_1\", \"status\": \"QUEUED\", \"later\": 1}");

        assertThat(task).isEqualTo(BARE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "not json",
                "{}",
                "{\"id\": \"video_1\"}",
                "{\"id\": \"video_1\", \"status\": null}",
                "{\"id\": \"video_1\", \"status\": \"completed?\"}",
                "{\"id\": 1, \"status\": \"QUEUED\"}",
                "{\"id\": \"video_1\", \"status\": \"QUEUED\", \"createdAt\": \"soon\"}",
            })
    void whatIsNoTaskIsRejected(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> TaskJson.read(json));
    }
}
