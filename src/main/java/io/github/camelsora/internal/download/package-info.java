/**
 * A URL becomes a verified file. This package knows {@code api} and Apache HttpClient, and nothing of tasks: begin reading
 * at {@link io.github.camelsora.internal.download.Download}; where a file may lie is decided in {@link
 * io.github.camelsora.internal.download.FileTarget}.
 */
package io.github.camelsora.internal.download;
