package io.github.camelsora.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.github.camelsora.api.VideoTask.Video;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoTaskTest {
    private static final String SIGNED = "https://files.toapis.com/videos/x.mp4?sig=s3cret";
    private static final Video VIDEO = new Video(SIGNED, "mp4", SIGNED);

    @ParameterizedTest
    @CsvSource({
        "QUEUED, false",
        "IN_PROGRESS, false",
        "UNKNOWN, false",
        "COMPLETED, true",
        "FAILED, true",
        "EXPIRED, true",
    })
    void onlyAStatusThatNeverChangesIsTerminal(TaskStatus status, boolean terminal) {
        assertThat(status.isTerminal()).isEqualTo(terminal);
    }

    @Test
    void aLogLineDoesNotHandOutTheVideo() {
        VideoTask task = task(List.of(VIDEO), Map.of("url", SIGNED));

        assertThat(task.toString()).doesNotContain("http", "s3cret").contains("video_1", "key-1", "COMPLETED");
    }

    @Test
    void aVideoInALogLineDoesNotHandItselfOut() {
        assertThat(VIDEO.toString()).doesNotContain("http", "s3cret");
    }

    @Test
    void videosAreCopied() {
        List<Video> videos = new ArrayList<>(List.of(VIDEO));
        VideoTask task = task(videos, Map.of());

        videos.clear();

        assertThat(task.videos()).containsExactly(VIDEO);
    }

    @Test
    void theRawAnswerIsCopied() {
        Map<String, Object> raw = new HashMap<>(Map.of("object", "video"));
        VideoTask task = task(List.of(), raw);

        raw.clear();

        assertThat(task.raw()).containsExactly(Map.entry("object", "video"));
    }

    @Test
    void whatLiesInsideTheRawAnswerIsCopiedToo() {
        Map<String, Object> metadata = new HashMap<>(Map.of("size", "720x720"));
        List<Object> data = new ArrayList<>(List.of("first"));
        VideoTask task = task(List.of(), Map.of("metadata", metadata, "data", data));

        metadata.clear();
        data.clear();

        assertThat(task.raw()).isEqualTo(Map.of("metadata", Map.of("size", "720x720"), "data", List.of("first")));
    }

    @Test
    void videosCannotBeChanged() {
        VideoTask task = task(new ArrayList<>(), Map.of());

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> task.videos().add(VIDEO));
    }

    @Test
    void theRawAnswerCannotBeChanged() {
        VideoTask task = task(List.of(), new HashMap<>());

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> task.raw().put("status", "completed"));
    }

    @Test
    void whatLiesInsideTheRawAnswerCannotBeChanged() {
        VideoTask task =
                task(List.of(), Map.of("metadata", new HashMap<>(), "data", new ArrayList<>(List.of(new HashMap<>()))));

        assertThat(task.raw()).extracting("metadata", MAP).isUnmodifiable();
        assertThat(task.raw()).extracting("data", LIST).isUnmodifiable();
        assertThat(task.raw()).extracting("data", LIST).first(MAP).isUnmodifiable();
    }

    @Test
    void nullsOfTheRawAnswerAreKept() {
        Map<String, Object> raw = new HashMap<>();
        raw.put("error", null);

        VideoTask task = task(List.of(), raw);

        assertThat(task.raw()).containsEntry("error", null);
    }

    @Test
    void noVideosAndNoRawAnswerAreEmptyAndNotNull() {
        VideoTask task = task(null, null);

        assertThat(task.videos()).isEmpty();
        assertThat(task.raw()).isEmpty();
    }

    @Test
    void anotherKeyChangesNothingElse() {
        VideoTask task = task(List.of(VIDEO), Map.of("object", "video"));

        VideoTask renamed = task.withKey("key-2");

        assertThat(renamed.key()).isEqualTo("key-2");
        assertThat(renamed.withKey("key-1")).isEqualTo(task);
    }

    @Test
    void originAndPriceSurviveItsPlainForm() {
        VideoTask task = withOriginAndPrice(new BigDecimal("0.80"), new BigDecimal("120.0"));

        assertThat(VideoTask.fromMap(task.toMap())).isEqualTo(task);
        assertThat(task.toMap())
                .containsEntry("sourceId", "video_0")
                .containsEntry("correlationId", "process-1")
                .containsEntry("estimatedCredits", new BigDecimal("0.8"))
                .containsEntry("chargedCredits", new BigDecimal("120"));
    }

    @Test
    void anAmountMayBeAnyNumberInItsPlainForm() {
        Map<String, Object> map = new HashMap<>(task(List.of(), Map.of()).toMap());
        map.put("estimatedCredits", 0.8);
        map.put("chargedCredits", 120);

        assertThat(VideoTask.fromMap(map))
                .extracting(VideoTask::estimatedCredits, VideoTask::chargedCredits)
                .containsExactly(new BigDecimal("0.8"), new BigDecimal("120"));
    }

    @Test
    void aFormWithoutOriginAndPriceIsReadAsUnknown() {
        VideoTask task = task(List.of(), Map.of());
        Map<String, Object> map = new HashMap<>(task.toMap());
        map.keySet().removeAll(List.of("sourceId", "correlationId", "estimatedCredits", "chargedCredits"));

        assertThat(VideoTask.fromMap(map)).isEqualTo(task);
    }

    @Test
    void anAmountThatIsNoNumberIsNoFormOfATask() {
        Map<String, Object> map = new HashMap<>(task(List.of(), Map.of()).toMap());
        map.put("chargedCredits", "much");

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> VideoTask.fromMap(map));
    }

    private static VideoTask withOriginAndPrice(BigDecimal estimated, BigDecimal charged) {
        VideoTask task = task(List.of(VIDEO), Map.of("object", "video"));
        return new VideoTask(
                task.id(),
                task.key(),
                task.wireKey(),
                task.status(),
                task.progress(),
                task.model(),
                task.createdAt(),
                task.completedAt(),
                task.expiresAt(),
                task.videoUrl(),
                task.videos(),
                null,
                null,
                task.raw(),
                "video_0",
                "process-1",
                estimated,
                charged);
    }

    private static VideoTask task(List<Video> videos, Map<String, Object> raw) {
        Instant at = Instant.ofEpochSecond(1768380224);
        return new VideoTask(
                "video_1",
                "key-1",
                null,
                TaskStatus.COMPLETED,
                100,
                "sora-2",
                at,
                at,
                at,
                SIGNED,
                videos,
                null,
                null,
                raw);
    }
}
