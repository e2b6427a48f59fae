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
 * The content encodings of an answer (RFC 9110, section 8.4). None is requested, but some hosts store files compressed and
 * send them so to every client.
 *
 * @param names the encodings in the order in which they were applied, without those that change nothing
 */
record ContentEncoding(List<String> names) {
    private static final List<String> KNOWN = List.of("gzip", "x-gzip", "deflate");
    // One is usual. Decoding a long list would only cost CPU.
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

    /** Rejects encodings that cannot be decoded, before any byte of the body is read. */
    void requireSupported() throws DownloadRejectedException {
        if (!KNOWN.containsAll(names) || names.size() > MOST) {
            throw new DownloadRejectedException("the file host sends it with Content-Encoding " + printable()
                    + ", which was not requested; only gzip and deflate can be decoded");
        }
    }

    private String printable() {
        String all = String.join(", ", names).replaceAll("[^\\w.+, -]", "_");
        return all.substring(0, Math.min(all.length(), 60));
    }

    /** The decoded bytes. Closing the stream releases the decoders and does not read the connection to its end. */
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
            // Releases the decoders that were opened before this one.
            in.close();
            throw e;
        }
    }

    private static InputStream unzipped(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, 2);
        byte[] head = head(bytes);
        boolean isGzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
        // Some hosts name gzip and send plain bytes.
        return isGzip ? new GZIPInputStream(bytes) : bytes;
    }

    /** With a zlib header, as the standard says, or without one, as some servers send it. */
    private static InputStream inflated(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, 2);
        byte[] head = head(bytes);
        boolean hasHeader =
                head.length == 2 && (head[0] & 0x0f) == 8 && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
        return new Inflated(bytes, !hasHeader);
    }

    /** Releases its inflater, which has memory outside the heap: the JDK's stream ends only an inflater that it created itself. */
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

    /** Keeps the connection's stream open: closing it would read it to its end. */
    private static final class StaysOpen extends FilterInputStream {
        StaysOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The transfer closes the response.
        }
    }

    private static byte[] head(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(2);
        in.unread(head);
        return head;
    }

    /** Translates the JDK's exceptions for a damaged encoding, which else look like a damaged connection. */
    IOException translate(IOException failure) {
        boolean isDamaged = !isNone() && (failure instanceof ZipException || failure instanceof EOFException);
        return isDamaged ? new BrokenFileException("its Content-Encoding " + printable() + " is damaged") : failure;
    }
}
