package io.github.camelsora.internal.download;

import io.github.camelsora.internal.download.format.BrokenFileException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * One attempt to fetch the missing bytes of a file. It requests only the rest where the host gave a validator, and appends the
 * rest only where it fits; a file that has changed meanwhile starts over.
 *
 * @param client the HTTP client; it must not follow redirects by itself
 * @param rules the limits
 * @param part the bytes so far, to which the rest is appended
 * @param deadline when the attempt ends, however far it is
 * @param clock the clock for the deadline
 */
record Transfer(HttpClient client, DownloadRules rules, PartFile part, Instant deadline, InstantSource clock) {
    // HttpClient's own parser of this form lacks the time zone, and parses none.
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int MOST_REDIRECTS = 3;
    private static final int BUFFER = 64 * 1024;

    /** What follows one request: the file is whole, or a redirect is followed, or neither: the whole file is requested again. */
    private record Step(boolean isWhole, FileAddress redirect) {
        static final Step WHOLE = new Step(true, null);
        static final Step START_OVER = new Step(false, null);
    }

    /** Fetches the file; it is whole when this returns. */
    void run(String url) throws IOException {
        FileAddress address = FileAddress.of(url, rules);
        int redirects = 0;
        boolean hasStartedOver = false;
        while (true) {
            Step step = send(address);
            if (step.isWhole()) {
                return;
            }
            if (step.redirect() != null) {
                if (++redirects > MOST_REDIRECTS) {
                    throw new DownloadRejectedException(
                            "the file host redirects more than " + MOST_REDIRECTS + " times");
                }
                address = step.redirect();
            } else if (hasStartedOver) {
                throw new BrokenFileException("the file host sends parts that do not fit");
            } else {
                hasStartedOver = true;
                part.clear();
            }
        }
    }

    private Step send(FileAddress address) throws IOException {
        HttpGet request = new HttpGet(address.uri());
        boolean isRest = part.size() > 0 && part.state().validator() != null;
        if (isRest) {
            request.setHeader("Range", "bytes=" + part.size() + "-");
            request.setHeader("If-Range", part.state().validator());
        } else if (part.size() > 0) {
            part.clear();
        }
        ClassicHttpResponse response = client.executeOpen(address.host(), request, HttpClientContext.create());
        boolean isRead = false;
        try {
            Step step = handle(address, response, isRest);
            isRead = step.isWhole();
            return step;
        } finally {
            // Closing alone would read the rest, which may be endless.
            if (!isRead) {
                request.cancel();
            }
            closeQuietly(response);
        }
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            // The bytes are stored, or the connection was cancelled above.
        }
    }

    private Step handle(FileAddress asked, ClassicHttpResponse response, boolean isRest) throws IOException {
        int status = response.getCode();
        return switch (status) {
            case 200 -> receiveWhole(response);
            case 206 -> receivePartial(response, isRest);
            case 416 -> isRest && isAllThere(response) ? Step.WHOLE : Step.START_OVER;
            case 301, 302, 303, 307, 308 -> new Step(false, redirect(asked, response));
            case 408, 425, 429 -> throw new FileHostBusyException(status, retryAfter(response));
            default -> {
                if (status >= 500) {
                    throw new FileHostBusyException(status, retryAfter(response));
                }
                // Hosts use many statuses for an expired address, and for a file that is not there yet.
                throw new FileUnavailableException(status, asked.host());
            }
        };
    }

    private FileAddress redirect(FileAddress asked, ClassicHttpResponse response) throws IOException {
        String location = header(response, "Location");
        if (location == null) {
            throw new DownloadRejectedException("the file host redirects to nowhere");
        }
        return asked.redirectedTo(location, rules);
    }

    /** The Retry-After header, in seconds or as a date; zero when there is none. */
    static Duration retryAfter(ClassicHttpResponse response) {
        String value = header(response, "Retry-After");
        if (value != null && value.strip().matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(value.strip()));
        }
        Instant until = date(value);
        return until == null ? Duration.ZERO : Duration.between(Instant.now(), until);
    }

    private Step receiveWhole(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return receiveWhole(response, entity == null ? -1 : entity.getContentLength());
    }

    /** Receives a whole file; the length is that of the encoded bytes, -1 when the host does not say. */
    private Step receiveWhole(ClassicHttpResponse response, long length) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw new BrokenFileException("the file host sends no file");
        }
        checkSize(length);
        ContentEncoding encoding = ContentEncoding.of(response);
        if (encoding.isNone()) {
            part.restart(new PartState(validator(response), length, entity.getContentType()));
            copy(entity.getContent(), length);
        } else {
            encoding.requireSupported();
            // The stored bytes differ from those on the wire, so this part cannot be resumed.
            part.restart(new PartState(null, -1, entity.getContentType()));
            copyDecoded(entity, encoding);
        }
        if (entity.isChunked() || !encoding.isNone()) {
            // Both mark their own end.
            part.setTotal(part.size());
        }
        return Step.WHOLE;
    }

    private void copyDecoded(HttpEntity entity, ContentEncoding encoding) throws IOException {
        try (InputStream plain = encoding.decode(entity.getContent())) {
            copy(plain, -1);
        } catch (IOException e) {
            throw encoding.translate(e);
        }
    }

    private Step receivePartial(ClassicHttpResponse response, boolean isRest) throws IOException {
        Optional<ContentRange> range = ContentRange.read(header(response, "Content-Range"));
        if (range.isPresent() && range.get().isWhole()) {
            // Some hosts send the whole file as 206, whatever was requested.
            return receiveWhole(response, range.get().total());
        }
        return isRest ? receiveRest(response, range) : Step.START_OVER;
    }

    private Step receiveRest(ClassicHttpResponse response, Optional<ContentRange> range) throws IOException {
        String validator = validator(response);
        boolean fits = range.isPresent()
                && response.getEntity() != null
                && ContentEncoding.of(response).isNone()
                && range.get().first() == part.size()
                && isSameLength(range.get().total())
                // A host that ignores If-Range still names the validator of these bytes.
                && (validator == null || validator.equals(part.state().validator()));
        if (!fits) {
            return Step.START_OVER;
        }
        if (range.get().total() >= 0) {
            part.setTotal(range.get().total());
        }
        checkSize(part.state().total());
        copy(response.getEntity().getContent(), part.state().total());
        return Step.WHOLE;
    }

    private boolean isSameLength(long total) {
        return total < 0 || part.state().total() < 0 || total == part.state().total();
    }

    /** 416: the host has nothing beyond our last byte, so the file is complete if its length is ours. */
    private boolean isAllThere(ClassicHttpResponse response) {
        return ContentRange.read(header(response, "Content-Range"))
                .filter(range -> range.total() == part.size() && isSameLength(range.total()))
                .isPresent();
    }

    private void checkSize(long size) throws IOException {
        if (size > rules.maxFileSize()) {
            throw new DownloadRejectedException(
                    "the file has more than the " + rules.maxFileSize() + " bytes that maxFileSize allows");
        }
    }

    private void copy(InputStream in, long total) throws IOException {
        byte[] buffer = new byte[BUFFER];
        MinimumSpeed pace = new MinimumSpeed(rules.minimumBytesPerSecond());
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            checkSize(part.size() + count);
            part.append(buffer, count);
            pace.received(count);
            if (clock.instant().isAfter(deadline)) {
                throw new IOException("the download took longer than downloadTimeout ("
                        + rules.timeout().toMillis() + " ms)");
            }
        }
        if (total >= 0 && part.size() != total) {
            throw new IOException("the file has " + part.size() + " bytes instead of the " + total + " announced");
        }
    }

    /**
     * The strong validator of an answer. A weak ETag does not identify bytes, and a file that was modified in the second of its
     * answer may change again in that second (RFC 9110, section 8.8.2.2).
     */
    static String validator(ClassicHttpResponse response) {
        String tag = header(response, "ETag");
        if (tag != null && tag.startsWith("\"")) {
            return tag;
        }
        Instant modified = date(header(response, "Last-Modified"));
        Instant sent = date(header(response, "Date"));
        boolean isStrong = modified != null && sent != null && modified.isBefore(sent);
        return isStrong ? header(response, "Last-Modified") : null;
    }

    /** Null for an invalid date. */
    private static Instant date(String value) {
        Instant date = value == null ? null : DateUtils.parseStandardDate(value);
        return date == null && value != null ? DateUtils.parseDate(value.strip(), ASCTIME) : date;
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
