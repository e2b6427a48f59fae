/**
 * Downloads a file from its address and publishes it when it is whole.
 * {@link io.github.camelsora.internal.download.Download} decides when an attempt is repeated, {@code Transfer} how a
 * transfer resumes, {@code FileAddress} and {@link io.github.camelsora.internal.download.HostGuard} which addresses
 * are allowed, {@link io.github.camelsora.internal.download.FileTarget} where a file may be stored,
 * {@code Publication} how it gets its name. This package knows {@code api} and Apache HttpClient, and nothing of
 * tasks.
 */
package io.github.camelsora.internal.download;
