package io.github.camelsora.benchmark;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.toapis.BaseUrl;
import io.github.camelsora.internal.toapis.Json;
import io.github.camelsora.internal.toapis.TaskReader;
import java.nio.charset.StandardCharsets;

/** What goes over the wire, as the vendor documents it. */
public final class WireSamples {
    private static final byte[] COMPLETED = """
            {"id": "video_7497f4d5-7d9f-4a3c-8b5e-2f6a1c9d0e3b", "object": "generation.task", "model": "sora-2",
             "status": "completed", "progress": 100, "created_at": 1768380222, "completed_at": 1768380514,
             "expires_at": 1768466914, "metadata": {"size": "720x720"},
             "result": {"type": "video", "data": [
                 {"url": "https://files.toapis.com/videos/2026/01/14/x.mp4?signature=0123456789abcdef", "format": "mp4"}]}}
            """.getBytes(StandardCharsets.UTF_8);

    /** Where it comes from. */
    public static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");

    private WireSamples() {}

    /**
     * The status of a task that has completed.
     *
     * @return the body of an answer
     */
    public static byte[] completed() {
        return COMPLETED.clone();
    }

    /**
     * The same, read.
     *
     * @return a task
     */
    public static VideoTask completedTask() {
        return Json.readObject(COMPLETED)
                .flatMap(json -> TaskReader.read(json, BASE))
                .orElseThrow();
    }
}
