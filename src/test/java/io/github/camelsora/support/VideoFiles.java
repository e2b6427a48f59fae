package io.github.camelsora.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Small MP4 files with valid boxes and no playable content. */
public final class VideoFiles {
    private VideoFiles() {}

    /** An MP4 of this size in bytes, at least 32; equal for equal seeds. */
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
