package io.github.camelsora.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What tells that a file is a whole video. An MP4 is a row of boxes that ends exactly where the file does (ISO 14496-12,
 * section 4.2); other formats are known by their first bytes.
 */
final class FileFormat {
    // Fragments of one second make two a second: a day has fewer. More is no video but an attempt to keep us busy.
    private static final int MOST_BOXES = 200_000;
    private static final int HEAD = 12;

    private FileFormat() {}

    /** Fails when the bytes are no whole video. */
    static void check(FileChannel file, long size) throws IOException {
        if (size == 0) {
            throw new BrokenFileException("the file is empty");
        }
        ByteBuffer head = read(file, 0, (int) Math.min(HEAD, size));
        String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
        if (text.startsWith("ftyp", 4)) {
            checkBoxes(file, size);
        } else if (!isOther(text)) {
            throw new BrokenFileException("it is no video: it begins with "
                    + HexFormat.ofDelimiter(" ").formatHex(head.array(), 0, head.limit()));
        }
    }

    private static boolean isOther(String text) {
        boolean isWebm = text.startsWith("\u001a\u0045\u00df\u00a3");
        boolean isAvi = text.startsWith("RIFF") && text.startsWith("AVI ", 8);
        boolean isStream = text.startsWith("\0\0\u0001\u00ba") || text.startsWith("G@");
        return isWebm || isAvi || isStream || text.startsWith("OggS") || text.startsWith("FLV");
    }

    private static void checkBoxes(FileChannel file, long size) throws IOException {
        boolean hasIndex = false;
        long at = 0;
        for (int boxes = 0; at < size; boxes++) {
            if (boxes == MOST_BOXES || size - at < 8) {
                throw cut();
            }
            ByteBuffer head = read(file, at, (int) Math.min(16, size - at));
            long length = head.getInt(0) & 0xffffffffL;
            long shortest = 8;
            if (length == 0) {
                length = size - at;
            } else if (length == 1) {
                shortest = 16;
                length = head.limit() < 16 ? -1 : head.getLong(8);
            }
            if (length < shortest || length > size - at) {
                throw cut();
            }
            hasIndex |= head.getInt(4) == 0x6d6f6f76;
            at += length;
        }
        if (!hasIndex) {
            throw new BrokenFileException("it is an MP4 without its index (moov), which no player can play");
        }
    }

    private static BrokenFileException cut() {
        return new BrokenFileException("it is an MP4 whose boxes do not end where the file does");
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new BrokenFileException("it has become shorter");
            }
        }
        return buffer.flip();
    }
}
