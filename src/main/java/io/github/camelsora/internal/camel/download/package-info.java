/**
 * The operation {@code sora:download}. Which files are wanted is in {@link
 * io.github.camelsora.internal.camel.download.DownloadSelection}; when a failed download is tried again is in {@link
 * io.github.camelsora.internal.camel.download.DownloadJob}; how bytes become a verified file is decided in {@code
 * internal.download}, which does not know Camel.
 */
package io.github.camelsora.internal.camel.download;
