/**
 * Whether bytes are a whole file. {@link io.github.camelsora.internal.download.format.FileFormat} decides which
 * formats count as a video or an image, {@code Mp4Boxes} whether an MP4 is complete. This package knows no other of
 * the project.
 */
package io.github.camelsora.internal.download.format;
