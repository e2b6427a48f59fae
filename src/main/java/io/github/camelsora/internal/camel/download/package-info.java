/**
 * The operation {@code sora:download}. Which files are downloaded is decided in {@link
 * io.github.camelsora.internal.camel.download.DownloadSelection}, when a fresh address is queried in {@code DownloadJob}, when a
 * file counts as lost in {@code FileHostFailures}, on which thread a download runs in {@link
 * io.github.camelsora.internal.camel.download.DownloadExecutor}. How bytes become a verified file is decided in {@code
 * internal.download}, which does not know Camel.
 */
package io.github.camelsora.internal.camel.download;
