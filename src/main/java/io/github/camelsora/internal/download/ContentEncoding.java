package io.github.camelsora.internal.download;

import io.github.camelsora.internal.download.format.BrokenFileException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * What a host has done to the bytes of a file on their way, although it was not asked to (RFC 9110, section 8.4): some store
 * files compressed, and send them so to all.
 *
 * @param names the encodings in the order in which they were applied, without those that change nothing
 */
record ContentEncoding(List<String> names) {
    private static final List<String> KNOWN = List.of("gzip", "x-gzip", "deflate");
    // One is usual. More than a few only keep us busy.
    private static final int MOST = 3;

    static ContentEncoding of(ClassicHttpResponse response) {
        return new ContentEncoding(Arrays.stream(response.getHeaders("Content-Encoding"))
                .flatMap(header -> Arrays.stream(header.getValue().split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty() && !name.equals("identity"))
                .toList());
    }

    boolean isNone() {
        return names.isEmpty();
    }

    /** Refuses what cannot be taken off, before a byte comes. */
    void requireSupported() throws DownloadRejectedException {
        if (!KNOWN.containsAll(names) || names.size() > MOST) {
            throw new DownloadRejectedException("the file host sends it with Content-Encoding " + printable()
                    + ", though it was not asked to, and only gzip and deflate can be decoded here");
        }
    }

    private String printable() {
        String all = String.join(", ", names).replaceAll("[^\\w.+, -]", "_");
        return all.substring(0, Math.min(all.length(), 60));
    }

    /** The bytes as they were before. Closing that ends what decodes; what comes over the connection is not read to its end. */
    InputStream decode(InputStream encoded) throws IOException {
        List<String> lastFirst = new ArrayList<>(names);
        Collections.reverse(lastFirst);
        InputStream plain = new StaysOpen(encoded);
        for (String name : lastFirst) {
            plain = decoded(name, plain);
        }
        return plain;
    }

    private static InputStream decoded(String name, InputStream in) throws IOException {
        try {
            return name.equals("deflate") ? inflated(in) : unzipped(in);
        } catch (IOException e) {
            // What was decoded before this one.
            in.close();
            throw e;
        }
    }

    private static InputStream unzipped(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, 2);
        byte[] head = head(bytes);
        boolean isGzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
        // Some only say so.
        return isGzip ? new GZIPInputStream(bytes) : bytes;
    }

    /** With the header of zlib, as it should be, or without, as some send it. */
    private static InputStream inflated(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, 2);
        byte[] head = head(bytes);
        boolean hasHeader =
                head.length == 2 && (head[0] & 0x0f) == 8 && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
        return new Inflated(bytes, !hasHeader);
    }

    /** An inflater has memory outside the heap, and the stream of the JDK ends only one that it has made itself. */
    private static final class Inflated extends InflaterInputStream {
        Inflated(InputStream in, boolean isRaw) {
            super(in, new Inflater(isRaw));
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }

    /** Closing the stream of a connection would read it to its end. */
    private static final class StaysOpen extends FilterInputStream {
        StaysOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // Who has opened it closes it.
        }
    }

    private static byte[] head(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(2);
        in.unread(head);
        return head;
    }

    /** A damaged encoding, which the exceptions of the JDK do not tell from a damaged connection. */
    IOException translate(IOException failure) {
        boolean isDamaged = !isNone() && (failure instanceof ZipException || failure instanceof EOFException);
        return isDamaged ? new BrokenFileException("its Content-Encoding " + printable() + " is damaged") : failure;
    }
}
