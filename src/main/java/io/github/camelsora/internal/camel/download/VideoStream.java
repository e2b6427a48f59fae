package io.github.camelsora.internal.camel.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * The body of a download without a directory: a rereadable stream of known length over a file. It is a StreamCache, so Camel
 * never copies it into memory. Not thread-safe; a multicast or wire tap gives each branch its own.
 */
final class VideoStream extends InputStream implements StreamCache {
    private final TemporaryVideo video;
    private InputStream in;

    VideoStream(TemporaryVideo video) {
        this.video = video;
    }

    private synchronized InputStream in() throws IOException {
        if (in == null) {
            in = video.open();
        }
        return in;
    }

    @Override
    public int read() throws IOException {
        return in().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        return in().read(bytes, offset, count);
    }

    @Override
    public long skip(long count) throws IOException {
        return in().skip(count);
    }

    @Override
    public int available() throws IOException {
        return in().available();
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        return in().transferTo(out);
    }

    /** Goes back to the first byte. */
    @Override
    public synchronized void reset() {
        close();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        transferTo(out);
    }

    @Override
    public StreamCache copy(Exchange exchange) throws IOException {
        return video.streamFor(exchange);
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public long length() {
        return video.length();
    }

    @Override
    public long position() {
        // Unknown, as in Camel's own caches.
        return -1;
    }

    @Override
    public synchronized void close() {
        InputStream open = in;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing was written.
            }
        }
    }
}
