package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.VideoTask;
import java.util.Optional;

/** Decides what an answer to a status query means. A query costs nothing, so an unclear answer leads to another query. */
final class QueryAnswerReader {
    private static final String TASK_UNAFFECTED = " This says nothing about the task, which may still be running.";

    private QueryAnswerReader() {}

    /**
     * Reads an answer.
     *
     * @param answer the answer, without the API key
     * @param apiKey the API key of the query; null when that does not matter
     */
    static QueryAnswer read(WireAnswer answer, String taskId, BaseUrl base, String apiKey) {
        About about = About.accepted(null, taskId);
        if (answer.isSuccess()) {
            Optional<VideoTask> task = Json.readObject(answer.body()).flatMap(json -> TaskReader.read(json, base));
            return task.<QueryAnswer>map(QueryAnswer.Found::new)
                    .orElseGet(
                            () -> unavailable("its answer holds no readable task, " + answer.describe(), taskId, null));
        }
        ErrorKind kind = ErrorKind.of(answer.body());
        String said = "The query for task " + taskId + " was answered with " + answer.describe() + ".";
        return switch (answer.status()) {
            case 404 -> notFound(said, about);
            case 400 -> kind == ErrorKind.TASK ? notFound(said, about) : rejected(said, kind, about);
            case 401, 403 ->
                kind == ErrorKind.CREDITS
                        ? rejected(said, kind, about)
                        : new QueryAnswer.Rejected(
                                new AuthenticationException(
                                        said + " Check the apiKey of this endpoint." + TASK_UNAFFECTED, about, null),
                                keyProblem(answer, apiKey));
            case 402, 405, 413, 415, 422 -> rejected(said, kind, about);
            default -> retryLater(answer, said + TASK_UNAFFECTED, kind, about);
        };
    }

    private static KeyProblem keyProblem(WireAnswer answer, String apiKey) {
        return apiKey != null && answer.isAboutKey()
                ? new KeyProblem(Cause.KEY_REJECTED, KeyFingerprint.of(apiKey))
                : null;
    }

    private static QueryAnswer retryLater(WireAnswer answer, String said, ErrorKind kind, About about) {
        SoraException failure = new ServiceUnavailableException(said, about, null);
        if (answer.status() == 429) {
            // Lack of credits is no rate limit, so queries are not slowed down.
            failure = kind == ErrorKind.CREDITS
                    ? new InsufficientCreditsException(said, about, null)
                    : new RateLimitedException(said, about, answer.retryAfter());
        }
        boolean isRateLimit = !(failure instanceof InsufficientCreditsException);
        return new QueryAnswer.RetryLater(failure, isRateLimit ? answer.retryAfter() : null, answer.isRedirect());
    }

    static QueryAnswer unavailable(String reason, String taskId, Exception cause) {
        String message = "The service could not be queried for task " + taskId + ": " + reason + "." + TASK_UNAFFECTED;
        return new QueryAnswer.RetryLater(
                new ServiceUnavailableException(message, About.accepted(null, taskId), cause), null, false);
    }

    static QueryAnswer notSent(String reason, String taskId, Exception cause) {
        String message = "The task id cannot be used: " + reason + ". Nothing was sent.";
        return new QueryAnswer.Rejected(new BadRequestException(message, About.accepted(null, taskId), cause), null);
    }

    private static QueryAnswer notFound(String said, About about) {
        return new QueryAnswer.NotFound(new TaskNotFoundException(
                said + " Check the id and the account; a task that was accepted a moment ago may not be visible yet.",
                about,
                null));
    }

    private static QueryAnswer rejected(String said, ErrorKind kind, About about) {
        String message = said + TASK_UNAFFECTED;
        return new QueryAnswer.Rejected(
                kind == ErrorKind.CREDITS
                        ? new InsufficientCreditsException(message, about, null)
                        : new BadRequestException(message, about, null),
                null);
    }
}
