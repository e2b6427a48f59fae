package io.github.camelsora;

import io.github.camelsora.api.Balance;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.VideoTask;
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

    private static byte[] bytes(Map<String, Object> map) {
        return Json.write(map).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The task as JSON text. It holds the signed addresses, so do not log it.
     *
     * @param task the task
     * @return a JSON object with the names of the record's components
     */
    @Converter
    public static String toText(VideoTask task) {
        return Json.write(task.toMap());
    }

    /**
     * The task as a map.
     *
     * @param task the task
     * @return plain values by the names of the record's components
     */
    @Converter
    public static Map<String, Object> toMap(VideoTask task) {
        return task.toMap();
    }

    /**
     * The task as JSON bytes.
     *
     * @param task the task
     * @return a JSON object in UTF-8
     */
    @Converter
    public static byte[] toBytes(VideoTask task) {
        return bytes(task.toMap());
    }

    /**
     * The task as a stream of JSON.
     *
     * @param task the task
     * @return a JSON object in UTF-8
     */
    @Converter
    public static InputStream toStream(VideoTask task) {
        return new ByteArrayInputStream(bytes(task.toMap()));
    }

    /**
     * The balance as JSON text.
     *
     * @param balance the balance
     * @return a JSON object with the names of the record's components
     */
    @Converter
    public static String toText(Balance balance) {
        return Json.write(balance.toMap());
    }

    /**
     * The balance as a map.
     *
     * @param balance the balance
     * @return plain values by the names of the record's components
     */
    @Converter
    public static Map<String, Object> toMap(Balance balance) {
        return balance.toMap();
    }

    /**
     * The balance as JSON bytes.
     *
     * @param balance the balance
     * @return a JSON object in UTF-8
     */
    @Converter
    public static byte[] toBytes(Balance balance) {
        return bytes(balance.toMap());
    }

    /**
     * The balance as a stream of JSON.
     *
     * @param balance the balance
     * @return a JSON object in UTF-8
     */
    @Converter
    public static InputStream toStream(Balance balance) {
        return new ByteArrayInputStream(bytes(balance.toMap()));
    }

    /**
     * The request as JSON text. As a message body it is the same request again.
     *
     * @param request the request
     * @return a JSON object with the names of the wire
     */
    @Converter
    public static String toText(RemixRequest request) {
        return Json.write(request.toMap());
    }

    /**
     * The request as a map.
     *
     * @param request the request
     * @return plain values by the names of the wire
     */
    @Converter
    public static Map<String, Object> toMap(RemixRequest request) {
        return request.toMap();
    }

    /**
     * The request as JSON bytes.
     *
     * @param request the request
     * @return a JSON object in UTF-8
     */
    @Converter
    public static byte[] toBytes(RemixRequest request) {
        return bytes(request.toMap());
    }

    /**
     * The request as a stream of JSON.
     *
     * @param request the request
     * @return a JSON object in UTF-8
     */
    @Converter
    public static InputStream toStream(RemixRequest request) {
        return new ByteArrayInputStream(bytes(request.toMap()));
    }
}
