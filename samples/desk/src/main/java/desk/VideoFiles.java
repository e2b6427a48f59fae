package desk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Sends files of videos. A browser plays a video in ranges, each of which is answered with at most 4 MiB, and saves it as a stream, so that
 * no answer occupies much memory.
 */
public final class VideoFiles {
    private static final int LONGEST_PART = 4 << 20;

    /** The bytes of a file that an answer has. */
    private record Part(long first, long last) {
        private static final Pattern RANGE = Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{0,18})|-(\\d{1,18}))");

        /** What a request asks for; null for the whole file, also if it asks for more than one part. */
        static Part of(String range, long size) {
            Matcher bytes = RANGE.matcher(range == null ? "" : range);
            if (!bytes.matches()) {
                return null;
            }
            boolean isSuffix = bytes.group(3) != null;
            long first = isSuffix ? Math.max(0, size - Long.parseLong(bytes.group(3))) : Long.parseLong(bytes.group(1));
            long last = isSuffix || bytes.group(2).isEmpty() ? size - 1 : Long.parseLong(bytes.group(2));
            return new Part(first, Math.min(Math.min(last, size - 1), first + LONGEST_PART - 1));
        }

        byte[] read(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate((int) (last - first + 1));
            try (SeekableByteChannel channel = Files.newByteChannel(file).position(first)) {
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            }
            return bytes.array();
        }
    }

    /**
     * Answers with the file, or with a range of it.
     *
     * @param exchange has the file as its property {@code video}
     * @throws IOException if it cannot be read
     */
    public void send(Exchange exchange) throws IOException {
        Path video = exchange.getProperty("video", Path.class);
        long size = Files.size(video);
        String tag = "\"" + size + "-" + Files.getLastModifiedTime(video).toMillis() + "\"";
        String ifRange = Desk.text(exchange, "If-Range");
        boolean isHead = "HEAD".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD));
        boolean isSaved = "true".equals(Desk.text(exchange, "download"));
        Part part = ifRange == null || ifRange.equals(tag) ? Part.of(Desk.text(exchange, "Range"), size) : null;
        Message answer;
        if (isHead) {
            answer = answer(exchange, 200, null);
            // The server sends a stream in chunks, which has no length.
            answer.setHeader("Content-Length", size);
        } else if (part == null) {
            answer = answer(exchange, 200, Files.newInputStream(video));
        } else if (part.first() > part.last()) {
            answer = answer(exchange, 416, new byte[0]);
            answer.setHeader("Content-Range", "bytes */" + size);
        } else {
            answer = answer(exchange, 206, part.read(video));
            answer.setHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        }
        answer.setHeader("Accept-Ranges", "bytes");
        answer.setHeader("Cache-Control", "private, no-cache");
        answer.setHeader("ETag", tag);
        if (isSaved) {
            answer.setHeader("Content-Disposition", "attachment; filename=\"" + video.getFileName() + "\"");
        }
    }

    private static Message answer(Exchange exchange, int status, Object content) {
        return Answers.answer(exchange, status, "video/mp4", content);
    }
}
