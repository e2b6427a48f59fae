package io.github.camelsora.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What the file host does to the bytes of files, although nobody asks it to. */
public enum FileEncoding {
    /** {@code Content-Encoding: gzip}. */
    GZIP,
    /** {@code Content-Encoding: deflate}, with the header of zlib as it should be. */
    DEFLATE,
    /** The same without that header, as some hosts have it. */
    RAW_DEFLATE,
    /** {@code Content-Encoding: br}; the bytes are left as they are. */
    BR;

    String word() {
        return this == RAW_DEFLATE ? "deflate" : name().toLowerCase(Locale.ROOT);
    }

    byte[] encode(byte[] file) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (this) {
                    case GZIP -> new GZIPOutputStream(encoded);
                    case DEFLATE -> new DeflaterOutputStream(encoded);
                    case RAW_DEFLATE ->
                        new DeflaterOutputStream(encoded, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
                    case BR -> encoded;
                }) {
            out.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }
}
