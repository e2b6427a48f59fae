package io.github.camelsora.internal.camel.download;

import io.github.camelsora.internal.download.TemporaryFolders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Ordered;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;

/** A video in a temporary file, which is deleted when the last exchange that has a stream of it is done. Thread-safe. */
final class TemporaryVideo {
    private final Path folder;
    private final Path file;
    private final long length;
    private final Set<VideoStream> streams = ConcurrentHashMap.newKeySet();
    private int exchanges;
    private boolean isDeleted;

    TemporaryVideo(Path folder, Path file, long length) {
        this.folder = folder;
        this.file = file;
        this.length = length;
    }

    long length() {
        return length;
    }

    /** Opens a stream for one more exchange. */
    VideoStream streamFor(Exchange exchange) throws IOException {
        synchronized (this) {
            if (isDeleted) {
                throw new NoSuchFileException(file.toString(), null, "the exchange that downloaded it is done");
            }
            exchanges++;
        }
        // A branch of a split or multicast is done before its parent has used its result.
        UnitOfWork parent = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        if (parent != null && parent.getRoute() != null) {
            parent.addSynchronization(new ReleaseWhenDone());
        } else {
            exchange.getExchangeExtension().addOnCompletion(new ReleaseWhenDone());
        }
        VideoStream stream = new VideoStream(this);
        streams.add(stream);
        return stream;
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    private void release() {
        synchronized (this) {
            isDeleted = --exchanges == 0;
            if (!isDeleted) {
                return;
            }
        }
        streams.forEach(VideoStream::close);
        TemporaryFolders.delete(folder);
    }

    /** Moves along when the callbacks are handed over to another exchange, as seda does. */
    private final class ReleaseWhenDone extends SynchronizationAdapter {
        @Override
        public void onDone(Exchange exchange) {
            release();
        }

        @Override
        public int getOrder() {
            // Other completion callbacks may want to read the video.
            return Ordered.LOWEST;
        }
    }
}
