package io.github.camelsora.support;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import java.time.Instant;
import java.util.List;

/** Tasks as the service reports them. */
public final class VideoTasks {
    private VideoTasks() {}

    /** A completed task with one video; the key and the expiry may be null. */
    public static VideoTask completed(String id, String key, String address, Instant expiresAt) {
        return new VideoTask(
                id,
                key,
                null,
                TaskStatus.COMPLETED,
                100,
                "sora-2",
                null,
                null,
                expiresAt,
                address,
                List.of(new Video(address, "mp4", null)),
                null,
                null,
                null);
    }

    /** A task that has failed. */
    public static VideoTask failed(String id, String key) {
        return new VideoTask(
                id,
                key,
                null,
                TaskStatus.FAILED,
                0,
                "sora-2",
                null,
                null,
                null,
                null,
                List.of(),
                "code",
                "It failed",
                null);
    }
}
