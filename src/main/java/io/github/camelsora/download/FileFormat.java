package io.github.camelsora.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/**
 * What tells that a file is whole, and of what format it is. An MP4 is a row of boxes that ends exactly where the file does
 * (ISO 14496-12, section 4.2); other formats are known by their first bytes.
 */
final class FileFormat {
    // Fragments of one second make two a second: a day has fewer. More is no video but an attempt to keep us busy.
    private static final int MOST_BOXES = 200_000;
    private static final int HEAD = 12;
    private static final int MOOV = 0x6d6f6f76;
    private static final int MDAT = 0x6d646174;
    // What a QuickTime file may begin with, which is older than ftyp.
    private static final Set<String> OLD_BOXES = Set.of("moov", "mdat", "wide", "free", "skip");

    private FileFormat() {}

    /** The media type of a file; fails when its bytes are not a whole one of its kind. */
    static String check(FileChannel file, long size, FileKind kind) throws IOException {
        if (size == 0) {
            throw new BrokenFileException("the file is empty");
        }
        ByteBuffer head = read(file, 0, (int) Math.min(HEAD, size));
        String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
        String type = kind == FileKind.VIDEO ? video(text) : image(text);
        if (type == null) {
            throw new BrokenFileException("it is no " + (kind == FileKind.VIDEO ? "video" : "image")
                    + ": it begins with " + HexFormat.ofDelimiter(" ").formatHex(head.array(), 0, head.limit()));
        }
        if (type.equals("video/mp4") || type.equals("video/quicktime")) {
            checkBoxes(file, size);
        }
        return type;
    }

    private static String video(String head) {
        if (head.startsWith("ftyp", 4)) {
            return head.startsWith("qt", 8) ? "video/quicktime" : "video/mp4";
        }
        if (head.length() >= 8 && OLD_BOXES.contains(head.substring(4, 8))) {
            return "video/quicktime";
        }
        if (head.startsWith("\u001a\u0045\u00df\u00a3")) {
            return "video/webm";
        }
        if (head.startsWith("RIFF") && head.startsWith("AVI ", 8)) {
            return "video/x-msvideo";
        }
        if (head.startsWith("\0\0\u0001\u00ba")) {
            return "video/mpeg";
        }
        if (head.startsWith("G@")) {
            return "video/mp2t";
        }
        return head.startsWith("OggS") ? "video/ogg" : head.startsWith("FLV") ? "video/x-flv" : null;
    }

    private static String image(String head) {
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return "image/webp";
        }
        return head.startsWith("GIF8") ? "image/gif" : head.startsWith("ftypavif", 4) ? "image/avif" : null;
    }

    private static void checkBoxes(FileChannel file, long size) throws IOException {
        boolean hasIndex = false;
        boolean hasMedia = false;
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
            hasIndex |= head.getInt(4) == MOOV;
            hasMedia |= head.getInt(4) == MDAT;
            at += length;
        }
        if (!hasIndex || !hasMedia) {
            throw new BrokenFileException("it is an MP4 without its " + (hasIndex ? "media (mdat)" : "index (moov)")
                    + ", which no player can play");
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
