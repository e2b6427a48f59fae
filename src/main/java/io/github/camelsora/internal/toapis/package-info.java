/**
 * The wire: requests to ToAPIs and the meaning of its answers. What an answer to a submit means is decided in {@link
 * io.github.camelsora.internal.toapis.SubmitAnswerReader}, what an answer to a status query means in {@code QueryAnswerReader};
 * how a task is read from JSON in {@link io.github.camelsora.internal.toapis.TaskReader}, where its videos are found in {@code
 * VideoFinder}, what an error is about in {@code ErrorKind}. Begin reading at {@link
 * io.github.camelsora.internal.toapis.ToApisClient}. This package knows {@code api} and Apache HttpClient, and nothing of routes
 * or of the ledger.
 */
package io.github.camelsora.internal.toapis;
