package io.github.camelsora;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.toapis.TaskJson;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Converter;

/** Turns a {@link VideoTask} into what other components take: JSON, or a map of plain values. */
@Converter(generateBulkLoader = true)
public final class SoraConverters {

    private SoraConverters() {}

    /**
     * The task as JSON text. It holds the signed addresses, so do not log it.
     *
     * @param task the task
     * @return a JSON object with the names of the record's components
     */
    @Converter
    public static String toText(VideoTask task) {
        return TaskJson.write(task);
    }

    /**
     * The task as a map.
     *
     * @param task the task
     * @return plain values by the names of the record's components
     */
    @Converter
    public static Map<String, Object> toMap(VideoTask task) {
        return TaskJson.toMap(task);
    }

    /**
     * The task as JSON bytes.
     *
     * @param task the task
     * @return a JSON object in UTF-8
     */
    @Converter
    public static byte[] toBytes(VideoTask task) {
        return TaskJson.write(task).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The task as a stream of JSON.
     *
     * @param task the task
     * @return a JSON object in UTF-8
     */
    @Converter
    public static InputStream toStream(VideoTask task) {
        return new ByteArrayInputStream(toBytes(task));
    }
}
