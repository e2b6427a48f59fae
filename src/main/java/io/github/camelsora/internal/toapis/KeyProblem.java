package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.AccountPause.Cause;

/**
 * Why calls with an API key are useless until something is done about it.
 *
 * @param cause the key is rejected, or its account has no credits
 * @param keyFingerprint the {@link ApiKey#fingerprint} of the key that the call was made with
 */
public record KeyProblem(Cause cause, String keyFingerprint) {}
