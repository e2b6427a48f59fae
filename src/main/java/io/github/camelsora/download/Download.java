package io.github.camelsora.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Stores what an address serves. The bytes go to a temporary file beside the target, which appears under its name only when
 * it is whole. The request carries no credentials.
 *
 * @param client speaks to the file host; it follows no redirect by itself
 */
public record Download(HttpClient client) {
    private static final int MOST_REDIRECTS = 3;

    /** What came of one request: a file, or the address to ask instead. */
    private record Step(DownloadedFile file, URI redirect) {}

    /**
     * Stores a file, replacing one that is there.
     *
     * @param url where the file is
     * @param target where it is to lie
     * @return the file
     * @throws GoneException if the host no longer has it
     * @throws IOException if it could not be had or stored; nothing is left behind
     */
    public DownloadedFile store(String url, FileTarget target) throws IOException {
        URI address = lenient(url);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            URI asked = address;
            Step step = client.execute(new HttpGet(asked), response -> take(asked, response, target));
            if (step.file() != null) {
                return step.file();
            }
            address = step.redirect();
        }
        throw new IOException("the file host redirects more than " + MOST_REDIRECTS + " times");
    }

    private static Step take(URI asked, ClassicHttpResponse response, FileTarget target) throws IOException {
        return switch (response.getCode()) {
            case 200 -> new Step(save(response, target), null);
            case 301, 302, 303, 307, 308 -> new Step(null, redirect(asked, response));
            case 404, 410 -> throw new GoneException("the file host answers HTTP " + response.getCode());
            default -> throw new IOException("the file host answers HTTP " + response.getCode());
        };
    }

    private static URI redirect(URI asked, ClassicHttpResponse response) throws IOException {
        Header location = response.getFirstHeader("Location");
        URI next = location == null ? asked : asked.resolve(lenient(location.getValue()));
        boolean isHttp = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
        if (!isHttp || "https".equals(asked.getScheme()) && !"https".equals(next.getScheme())) {
            throw new IOException("the file host redirects to an address that is not secure");
        }
        return next;
    }

    private static DownloadedFile save(ClassicHttpResponse response, FileTarget target) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw new IOException("the file host sends no file");
        }
        Path folder = target.file().getParent();
        Files.createDirectories(folder);
        // Not createTempFile, which would give the video to its owner alone.
        // Without the file's own name, which may be as long as names can be.
        Path part = folder.resolve(".sora-" + UUID.randomUUID() + ".part");
        try {
            long length;
            try (InputStream in = entity.getContent()) {
                length = Files.copy(in, part);
            }
            check(length, entity.getContentLength());
            Files.move(part, target.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            String type = Optional.ofNullable(entity.getContentType()).orElse("video/mp4");
            return new DownloadedFile(target.file(), length, type);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void check(long length, long announced) throws IOException {
        if (length == 0) {
            throw new IOException("the file is empty");
        }
        if (announced >= 0 && length != announced) {
            throw new IOException("the file has " + length + " bytes instead of the " + announced + " announced");
        }
    }

    /** Signed addresses hold characters that a URI may not; they are encoded, all others stay as they were signed. */
    private static URI lenient(String url) throws IOException {
        StringBuilder encoded = new StringBuilder();
        for (byte b : url.strip().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
                encoded.append(String.format("%%%02X", (int) c));
            } else {
                encoded.append(c);
            }
        }
        try {
            return URI.create(encoded.toString());
        } catch (IllegalArgumentException e) {
            throw new IOException("the address of the file cannot be read", e);
        }
    }
}
