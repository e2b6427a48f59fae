package io.github.camelsora.internal.download;

import java.nio.file.Path;

/**
 * A file that was stored whole.
 *
 * @param path where it is
 * @param length its length in bytes
 * @param contentType its media type: the host's if plausible, else detected from the first bytes
 * @param sha256 its SHA-256 in lower-case hexadecimal digits
 */
public record DownloadedFile(Path path, long length, String contentType, String sha256) {}
