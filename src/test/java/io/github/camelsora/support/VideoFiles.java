package io.github.camelsora.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Small MP4 files: boxes that are whole and play nothing. */
public final class VideoFiles {
    private VideoFiles() {}

    /** An MP4 of so many bytes, at least 32; the same for the same seed. */
    public static byte[] mp4(int size, long seed) {
        ByteBuffer file = ByteBuffer.allocate(size);
        byte[] media = new byte[size - 24];
        new Random(seed).nextBytes(media);
        file.putInt(16).put("ftypisom".getBytes(StandardCharsets.US_ASCII)).putInt(0x200);
        file.putInt(8).put("moov".getBytes(StandardCharsets.US_ASCII));
        file.putInt(size - 24).put("mdat".getBytes(StandardCharsets.US_ASCII)).put(media, 0, size - 32);
        return file.array();
    }
}
