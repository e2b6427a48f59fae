package io.github.camelsora.internal.download.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Detects the format of a file by its first bytes, and checks that an MP4 is whole (see {@link Mp4Boxes}). */
public final class FileFormat {
    private static final int HEAD = 12;
    // Enough to find the tag of a page behind comments and blanks.
    private static final int PAGE_HEAD = 1_024;
    // Boxes that a QuickTime file from before ftyp may begin with.
    private static final Set<String> OLD_BOXES = Set.of("moov", "mdat", "wide", "free", "skip");

    private static final Pattern HTML = Pattern.compile("<(!doctype\\s+html|html|head|body|title|script|h1)\\b");

    private FileFormat() {}

    /**
     * Detects the media type of a file.
     *
     * @param file the file
     * @param size its length in bytes
     * @param kind the expected kind
     * @param isEndCertain whether the file is as long as its host announced
     * @return the media type
     * @throws BrokenFileException if the file is empty, of another kind, or an incomplete MP4
     * @throws UnexpectedPageException if it is a page or document instead
     * @throws IOException if it cannot be read
     */
    public static String check(FileChannel file, long size, FileKind kind, boolean isEndCertain) throws IOException {
        if (size == 0) {
            throw new BrokenFileException("the file is empty");
        }
        ByteBuffer head = read(file, 0, (int) Math.min(HEAD, size));
        String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
        String type = kind == FileKind.VIDEO ? video(text) : image(text);
        if (type == null) {
            throw wrong(read(file, 0, (int) Math.min(PAGE_HEAD, size)), kind);
        }
        if (type.equals("video/mp4") || type.equals("video/quicktime")) {
            new Mp4Boxes(file, size, isEndCertain).check();
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

    private static BrokenFileException wrong(ByteBuffer head, FileKind kind) {
        String text = StandardCharsets.UTF_8
                .decode(head.duplicate())
                .toString()
                .replace("\ufeff", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (text.startsWith("<")) {
            return new UnexpectedPageException(HTML.matcher(text).find() ? "an HTML page" : "an XML document", kind);
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return new UnexpectedPageException("a JSON document", kind);
        }
        String begin = HexFormat.ofDelimiter(" ").formatHex(head.array(), 0, Math.min(HEAD, head.limit()));
        return new BrokenFileException(
                "it is no " + (kind == FileKind.VIDEO ? "video" : "image") + ": it begins with " + begin);
    }

    static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new BrokenFileException("it became shorter while it was read");
            }
        }
        return buffer.flip();
    }
}
