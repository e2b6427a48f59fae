/**
 * Whether bytes are a whole file. Which formats count as a video or an image is decided in {@link
 * io.github.camelsora.internal.download.format.FileFormat}, whether an MP4 is complete in {@code Mp4Boxes}. This package knows
 * no other of the project.
 */
package io.github.camelsora.internal.download.format;
