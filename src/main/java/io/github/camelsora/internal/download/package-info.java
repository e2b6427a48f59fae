/**
 * Downloads a file from its address and publishes it when it is whole. When an attempt is repeated is decided in {@link
 * io.github.camelsora.internal.download.Download}, how a transfer resumes in {@code Transfer}, which addresses are allowed in
 * {@code FileAddress} and {@link io.github.camelsora.internal.download.HostGuard}, where a file may be stored in {@link
 * io.github.camelsora.internal.download.FileTarget}, how it gets its name in {@code Publication}. This package knows {@code api}
 * and Apache HttpClient, and nothing of tasks.
 */
package io.github.camelsora.internal.download;
