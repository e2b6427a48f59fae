/**
 * The wire: requests to ToAPIs and the meaning of its answers. Begin reading at
 * {@link io.github.camelsora.internal.toapis.ToApisClient}.
 * {@link io.github.camelsora.internal.toapis.SubmitAnswerReader} decides what an answer to a submit means,
 * {@code QueryAnswerReader} what an answer to a status query means.
 * {@link io.github.camelsora.internal.toapis.TaskReader} reads a task from JSON, {@code VideoFinder} finds its videos,
 * {@code ErrorKind} says what an error is about,
 * {@link io.github.camelsora.internal.toapis.ApiKey} reads a rejected key again. This package knows {@code api}, {@code time}
 * and Apache HttpClient, and nothing of routes or of the ledger.
 */
package io.github.camelsora.internal.toapis;
