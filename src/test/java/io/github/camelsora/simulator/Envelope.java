package io.github.camelsora.simulator;

/** The three shapes of the answer to an accepted submit. */
public enum Envelope {
    /** {@code "object": "generation.task"}, the shape that is documented at present. */
    GENERATION_TASK,
    /** {@code "object": "video"} with {@code remixed_from_video_id}, {@code seconds} as a string, and {@code size}. */
    VIDEO,
    /** The older {@code {"code": 200, "data": [{"status": "submitted", "task_id": "…"}]}}. */
    DATA_LIST
}
