/**
 * The operation {@code sora:download}. {@link io.github.camelsora.internal.camel.download.DownloadSelection} decides
 * which files are downloaded, {@code DownloadJob} when it queries a fresh address, {@code FileHostFailures} when a
 * file counts as lost, {@link io.github.camelsora.internal.camel.download.DownloadExecutor} on which thread a download
 * runs. {@code internal.download}, which does not know Camel, turns the bytes into a verified file.
 */
package io.github.camelsora.internal.camel.download;
