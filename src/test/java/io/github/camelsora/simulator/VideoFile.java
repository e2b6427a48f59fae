package io.github.camelsora.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The default video of the simulator: three seconds of H.264 with a tone. */
final class VideoFile {

    private static final byte[] BYTES = load();

    private VideoFile() {}

    static byte[] bytes() {
        return BYTES;
    }

    private static byte[] load() {
        try (InputStream in = VideoFile.class.getResourceAsStream("remix.mp4")) {
            if (in == null) {
                throw new IllegalStateException("remix.mp4 is missing beside the simulator's classes");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
