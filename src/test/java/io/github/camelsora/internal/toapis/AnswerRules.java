package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import java.util.Objects;
import java.util.Set;

/** The rules that hold for every answer of the service or of an attacker in its place. */
public final class AnswerRules {
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 402, 403, 404, 405, 413, 415, 422);

    private static final BaseUrl BASE = BaseUrl.parse("https://toapis.com");

    private AnswerRules() {}

    /** Reads an answer in each way that there is; fails when a rule is broken. */
    public static void check(int status, byte[] body) {
        WireAnswer answer = new WireAnswer(status, null, null, body);
        checkSubmit(status, SubmitAnswerReader.read(answer, "key-1", BASE, null, null));
        QueryAnswer query = QueryAnswerReader.read(answer, "video_1", BASE, null);
        if (query instanceof QueryAnswer.Found found) {
            require(isSuccess(status), "a task is found by success only", status);
            checkTask(found.task());
        } else {
            require(query.failure().getMessage().contains("video_1"), "a failure names its task", query);
        }
    }

    private static void checkSubmit(int status, SubmitAnswer answer) {
        boolean fits = isSuccess(status)
                ? answer instanceof SubmitAnswer.Accepted || answer instanceof SubmitAnswer.Unknown
                : isRefusal(status, answer)
                        ? answer instanceof SubmitAnswer.Rejected
                        : answer instanceof SubmitAnswer.NotAccepted || answer instanceof SubmitAnswer.Unknown;
        require(fits, "an answer means what its status means", answer);
        if (answer instanceof SubmitAnswer.Accepted accepted) {
            require(accepted.task().key().equals("key-1"), "the key is ours", accepted);
            checkTask(accepted.task());
        }
    }

    /** A 429 is one only where the account has no credits. */
    private static boolean isRefusal(int status, SubmitAnswer answer) {
        return REFUSALS.contains(status)
                || status == 429
                        && answer instanceof SubmitAnswer.Rejected rejected
                        && rejected.reason() instanceof InsufficientCreditsException;
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static void checkTask(VideoTask task) {
        require(task.id() != null && !task.id().isBlank(), "a task has an id", task);
        Integer progress = task.progress();
        require(progress == null || progress >= 0 && progress <= 100, "progress is a percentage", task);
        if (task.status() == TaskStatus.COMPLETED && !TaskReader.isWithoutAddress(task)) {
            require(
                    task.videoUrl().equals(task.videos().get(0).url())
                            && task.videoUrl().regionMatches(true, 0, "http", 0, 4),
                    "what has completed has a video",
                    task);
        }
        require(task.status().isFailure() || task.errorCode() == null, "what has not failed has no error", task);
        // The ledger keeps it as text: what it cannot keep would be lost with its JVM.
        VideoTask kept = TaskJson.read(TaskJson.write(task));
        require(
                kept.id().equals(task.id())
                        && kept.status() == task.status()
                        && kept.videos().equals(task.videos())
                        && Objects.equals(kept.expiresAt(), task.expiresAt()),
                "it is kept as it is",
                task);
    }

    /** Cheaper than an assertion of AssertJ, of which there would be a million. */
    private static void require(boolean holds, String rule, Object subject) {
        if (!holds) {
            throw new AssertionError(rule + ": " + subject);
        }
    }
}
