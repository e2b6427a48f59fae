package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OpenAI's Videos API does differently, as far as a remix needs it. Paths, fields and the multipart body are those of
 * OpenAI's own Java SDK 4.30.0: {@code VideoServiceImpl} and {@code models.videos.Video} on
 * github.com/openai/openai-java, and developers.openai.com/api/docs/guides/video-generation. Listing, deletion, characters,
 * edits and the path {@code POST /v1/videos} are not there.
 */
final class OpenAiVideos {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern FIELD = Pattern.compile("(?i)content-disposition:[^\r\n]*\\bname=\"([^\"]*)\"");
    private static final String HEADERS_END = "\r\n\r\n";

    private OpenAiVideos() {}

    /** The request with the text fields of a multipart body as JSON, which the other parts of the simulator read. */
    static WireRequest read(WireRequest request) {
        String type = request.header("Content-Type");
        if (type == null || !type.startsWith("multipart/form-data")) {
            return request;
        }
        ObjectNode fields = Json.object();
        Matcher boundary = BOUNDARY.matcher(type);
        if (boundary.find()) {
            for (String part : request.text().split(Pattern.quote("--" + boundary.group(1)))) {
                Matcher field = FIELD.matcher(part);
                int value = part.indexOf(HEADERS_END) + HEADERS_END.length();
                if (field.find() && part.endsWith("\r\n")) {
                    fields.put(field.group(1), part.substring(value, part.length() - 2));
                }
            }
        }
        byte[] body = Json.write(fields).getBytes(StandardCharsets.UTF_8);
        return new WireRequest(request.method(), request.target(), request.http10(), request.headers(), body);
    }

    /** The answer to a status query: the object of the submit's answer, at its present state. */
    static ObjectNode video(Task task, Instant now, Settings settings) {
        ObjectNode video = SubmitAnswer.of(task, settings)
                .put("status", task.word() == null ? task.state(now).word() : task.word())
                .put("progress", task.progress(now))
                .put("prompt", task.order().text("prompt", ""));
        StatusAnswer.putEnd(video, task, now);
        return video;
    }

    /** The video itself, which is on the API's host and needs the key. */
    static Answer content(ReceivedRequest request, Task task, Instant now, Settings settings) {
        if (task.state(now) != TaskState.COMPLETED || task.isExpired(now)) {
            throw new ApiErrorException(ApiError.TASK_NOT_FOUND, "Video %s has no content".formatted(task.id()));
        }
        return FilePart.of(request, settings, settings.video, "video/mp4");
    }
}
