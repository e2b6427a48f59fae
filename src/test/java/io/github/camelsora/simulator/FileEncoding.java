package io.github.camelsora.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Encodings in which the file host sends files, whether or not the client accepts them. */
public enum FileEncoding {
    /** {@code Content-Encoding: gzip}. */
    GZIP,
    /** {@code Content-Encoding: deflate}, with the header of zlib, as RFC 9110 demands. */
    DEFLATE,
    /** {@code Content-Encoding: deflate} without that header, as some hosts send it. */
    RAW_DEFLATE,
    /** {@code Content-Encoding: br}; the bytes are sent unencoded. */
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
