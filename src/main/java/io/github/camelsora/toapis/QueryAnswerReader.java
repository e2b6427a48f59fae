package io.github.camelsora.toapis;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.VideoTask;
import java.util.Optional;

/** Decides what an answer to a status question means. Asking costs nothing, so whatever is unclear is asked again. */
final class QueryAnswerReader {
    private static final String STILL_THERE = " This says nothing about the task, which may run on.";

    private QueryAnswerReader() {}

    static QueryAnswer read(WireAnswer answer, String taskId, BaseUrl base) {
        About about = About.accepted(null, taskId);
        if (answer.isSuccess()) {
            Optional<VideoTask> task = Json.readObject(answer.body()).flatMap(json -> TaskReader.read(json, base));
            return task.<QueryAnswer>map(QueryAnswer.Found::new)
                    .orElseGet(() -> unreachable(
                            "its answer (HTTP " + answer.status() + ") holds no task that could be read",
                            taskId,
                            null));
        }
        ApiError error = ApiError.ofBody(answer.body());
        String said =
                "The service answered HTTP " + answer.status() + " when asked for task " + taskId + ": " + error + ".";
        return switch (answer.status()) {
            case 404 -> missing(said, about);
            case 400 -> error.says("task_not_exist") ? missing(said, about) : refused(said, about);
            case 401, 403 ->
                new QueryAnswer.Refused(new AuthenticationException(
                        said + " Check the apiKey of this endpoint." + STILL_THERE, about, null));
            case 429 ->
                new QueryAnswer.Busy(
                        new RateLimitedException(said + STILL_THERE, about, answer.retryAfter()), answer.retryAfter());
            case 402, 405, 413, 415, 422 -> refused(said, about);
            default ->
                new QueryAnswer.Busy(
                        new ServiceUnavailableException(said + STILL_THERE, about, null), answer.retryAfter());
        };
    }

    static QueryAnswer unreachable(String reason, String taskId, Exception cause) {
        String message = "The service could not be asked for task " + taskId + ": " + reason + "." + STILL_THERE;
        return new QueryAnswer.Busy(
                new ServiceUnavailableException(message, About.accepted(null, taskId), cause), null);
    }

    static QueryAnswer notAsked(String reason, String taskId, Exception cause) {
        String message = "The task id cannot be used: " + reason + ". Nothing was sent.";
        return new QueryAnswer.Refused(new BadRequestException(message, About.accepted(null, taskId), cause));
    }

    private static QueryAnswer missing(String said, About about) {
        return new QueryAnswer.Missing(new TaskNotFoundException(
                said + " Check the id and the account; a task that was accepted a moment ago may turn up.",
                about,
                null));
    }

    private static QueryAnswer refused(String said, About about) {
        return new QueryAnswer.Refused(new BadRequestException(said + STILL_THERE, about, null));
    }
}
