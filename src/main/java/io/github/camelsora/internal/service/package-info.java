/**
 * The service as one account sees it ({@link io.github.camelsora.internal.service.ServiceProfile}), and free calls to
 * it that keep the account's rate limit ({@link io.github.camelsora.internal.service.RateLimitedClient}).
 * {@link io.github.camelsora.internal.service.UsableModels} has the list of models that an account may use.
 */
package io.github.camelsora.internal.service;
