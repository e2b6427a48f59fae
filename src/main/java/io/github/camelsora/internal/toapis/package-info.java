/**
 * The wire: what is said to ToAPIs and what its answers mean. This package knows {@code api} and Apache HttpClient, and
 * nothing of routes or of the ledger. Begin reading at {@link io.github.camelsora.internal.toapis.ToApisClient}; what an answer to
 * a submit means is decided in {@link io.github.camelsora.internal.toapis.SubmitAnswerReader} alone.
 */
package io.github.camelsora.internal.toapis;
