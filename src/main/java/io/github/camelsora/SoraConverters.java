package io.github.camelsora;

import io.github.camelsora.api.JsonBody;
import io.github.camelsora.internal.toapis.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Converter;

/**
 * Turns the bodies of this component into what other components take: JSON, or a map of plain values. Without it JMS would
 * send a message that is empty.
 */
@Converter(generateBulkLoader = true)
public final class SoraConverters {

    private SoraConverters() {}

    /**
     * A body as JSON text. That of a task holds the signed addresses, so do not log it.
     *
     * @param body a task, a balance, a request or a plan
     * @return a JSON object
     */
    @Converter
    public static String toText(JsonBody body) {
        return Json.write(body.toMap());
    }

    /**
     * A body as a map.
     *
     * @param body a task, a balance, a request or a plan
     * @return plain values
     */
    @Converter
    public static Map<String, Object> toMap(JsonBody body) {
        return body.toMap();
    }

    /**
     * A body as JSON bytes.
     *
     * @param body a task, a balance, a request or a plan
     * @return a JSON object in UTF-8
     */
    @Converter
    public static byte[] toBytes(JsonBody body) {
        return toText(body).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A body as a stream of JSON.
     *
     * @param body a task, a balance, a request or a plan
     * @return a JSON object in UTF-8
     */
    @Converter
    public static InputStream toStream(JsonBody body) {
        return new ByteArrayInputStream(toBytes(body));
    }
}
