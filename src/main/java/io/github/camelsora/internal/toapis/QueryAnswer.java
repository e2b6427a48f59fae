package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.VideoTask;
import java.time.Duration;

/** The outcome of one status query. Only {@link Found} says anything about the task itself. */
public sealed interface QueryAnswer {

    /**
     * The exception for a route that cannot wait for a better answer.
     *
     * @return the exception
     * @throws IllegalStateException if the task was found
     */
    SoraException failure();

    /**
     * The service knows the task.
     *
     * @param task the task as it stands
     */
    record Found(VideoTask task) implements QueryAnswer {
        @Override
        public SoraException failure() {
            throw new IllegalStateException("Task " + task.id() + " was found");
        }
    }

    /**
     * The service does not know the task, or not yet.
     *
     * @param failure the exception for a route that cannot wait
     */
    record NotFound(SoraException failure) implements QueryAnswer {}

    /**
     * The service rejects the query, say because of the API key.
     *
     * @param failure the exception for a route that cannot wait
     * @param problem the rejected API key; null when the query is rejected for another reason
     */
    record Rejected(SoraException failure, KeyProblem problem) implements QueryAnswer {}

    /**
     * No usable answer now: query again later.
     *
     * @param failure the exception for a route that cannot wait
     * @param retryAfter how long the service asks to wait; null when it does not
     * @param isRedirect whether the query was redirected, as each further one will be until baseUrl is corrected
     */
    record RetryLater(SoraException failure, Duration retryAfter, boolean isRedirect) implements QueryAnswer {}
}
