package io.github.camelsora.internal.poll;

import io.github.camelsora.internal.time.ReportPauses;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.track.TaskEntry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs polls that the service rejects or redirects. A revoked API key or a wrong baseUrl fails each poll of each task, so an
 * account has one warning, and further ones with growing pauses while that lasts. Thread-safe.
 */
final class PollRejectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(PollRejectionLog.class);

    private final InstantSource clock;
    private final Map<Account, ReportPauses> rejected = new ConcurrentHashMap<>();

    PollRejectionLog(InstantSource clock) {
        this.clock = clock;
    }

    private record Account(String name, String baseUrl) {
        static Account of(TaskEntry task) {
            return new Account(task.key().account(), task.service().baseUrl());
        }
    }

    /** A poll was rejected or redirected. */
    void rejected(TaskEntry task, QueryAnswer answer) {
        Optional<String> pause = rejected.computeIfAbsent(Account.of(task), account -> new ReportPauses())
                .report(clock.instant())
                .map(length -> "the next report for account " + task.key().account() + " comes in " + length.toMinutes()
                        + " min at the earliest");
        String what = answer instanceof QueryAnswer.RetryLater ? "redirected" : "rejected";
        String reason = answer.failure().getMessage();
        if (pause.isPresent()) {
            LOG.warn(
                    "Poll of task {} (key {}) was {}. The task was paid for, and is polled again; {}: {}",
                    task.taskId(),
                    task.key().key(),
                    what,
                    pause.get(),
                    reason);
        } else {
            LOG.debug(
                    "Poll of task {} (key {}) was {}: {}",
                    task.taskId(),
                    task.key().key(),
                    what,
                    reason);
        }
    }

    /** A poll was answered, so polls of its account are not rejected in general. */
    void answered(TaskEntry task) {
        // Usually this is all.
        if (!rejected.isEmpty()) {
            ReportPauses pauses = rejected.get(Account.of(task));
            if (pauses != null) {
                pauses.end(clock.instant());
            }
        }
    }
}
