package io.github.camelsora.internal.download.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The boxes of an MP4, one after the other (ISO 14496-12, section 4.2). A file is whole when it has an index and media and its
 * last box is complete. Bytes that are no box may follow, as some programs append them, if the host is known to have sent the
 * whole file.
 *
 * @param file the file
 * @param size its length
 * @param isEndCertain whether the file is as long as its host announced
 */
record Mp4Boxes(FileChannel file, long size, boolean isEndCertain) {
    // Fragments of one second make two boxes a second, so a day of video has fewer. More is an attack.
    private static final int MOST_BOXES = 200_000;
    private static final int HEAD = 8;
    private static final int LARGE_HEAD = 16;
    private static final int MOOV = 0x6d6f6f76;
    private static final int MDAT = 0x6d646174;

    /** Top-level boxes. An incomplete one means that the file was cut; other trailing bytes are junk. */
    private static final Set<String> TYPES = Set.of(
            "ftyp", "styp", "pdin", "moov", "moof", "mdat", "mfra", "free", "skip", "wide", "pnot", "meta", "meco",
            "uuid", "udta", "sidx", "ssix", "prft", "emsg", "imda", "PICT");

    void check() throws IOException {
        boolean hasIndex = false;
        boolean hasMedia = false;
        long at = 0;
        for (int boxes = 0; at < size; boxes++) {
            ByteBuffer head = FileFormat.read(file, at, (int) Math.min(LARGE_HEAD, size - at));
            long length = boxes == MOST_BOXES ? -1 : length(head, size - at);
            if (length < 0) {
                if (boxes < MOST_BOXES && hasIndex && hasMedia && isEndCertain && !isBegunBox(head)) {
                    return;
                }
                throw new BrokenFileException("it is an MP4 whose boxes do not end where the file does");
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

    /** The length of a box; -1 for an incomplete box and for bytes that are no box. */
    private static long length(ByteBuffer head, long left) {
        if (head.limit() < HEAD) {
            return -1;
        }
        long length = head.getInt(0) & 0xffffffffL;
        if (length == 0) {
            return left;
        }
        long shortest = HEAD;
        if (length == 1) {
            shortest = LARGE_HEAD;
            length = head.limit() < LARGE_HEAD ? -1 : head.getLong(8);
        }
        return length < shortest || length > left ? -1 : length;
    }

    /** Whether the bytes are the head of a known box, or the beginning of one. */
    private static boolean isBegunBox(ByteBuffer head) {
        int end = Math.min(head.limit(), HEAD);
        if (end <= 4) {
            return false;
        }
        String begun =
                StandardCharsets.ISO_8859_1.decode(head.slice(4, end - 4)).toString();
        return TYPES.stream().anyMatch(type -> type.startsWith(begun));
    }
}
