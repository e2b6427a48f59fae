package io.github.camelsora.internal.download;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.download.format.BrokenFileException;
import io.github.camelsora.internal.download.format.FileFormat;
import io.github.camelsora.internal.download.format.FileKind;
import io.github.camelsora.internal.download.format.UnexpectedPageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * Downloads one file in as many attempts as it takes, and publishes it under its name when it is whole. Between two attempts it
 * holds no thread: the caller waits for {@link #pause} and calls {@link #attempt} again. Not thread-safe. Requests carry no
 * credentials.
 */
public final class Download implements AutoCloseable {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_BROKEN = 3;

    private final HttpClient client;
    private final DownloadRules rules;
    private final FileKind kind;
    private final String contentName;
    private final FileTarget target;
    private final InstantSource clock;
    private final Instant timeout;

    private PartFile part;
    private Path file;
    private int failures;
    private int broken;
    private boolean isPage;
    private boolean isTimeLeft;
    private Duration pause = SHORTEST_PAUSE;

    /**
     * Creates a download that uses the system's clock; no request is sent yet.
     *
     * @param client the HTTP client; it must not follow redirects by itself
     * @param rules the limits
     * @param kind the expected kind of file
     * @param contentName names the content independently of its address, so that a later download can resume it
     * @param target where to store it
     */
    public Download(HttpClient client, DownloadRules rules, FileKind kind, String contentName, FileTarget target) {
        this(client, rules, kind, contentName, target, InstantSource.system());
    }

    /**
     * Creates a download; no request is sent yet.
     *
     * @param client the HTTP client; it must not follow redirects by itself
     * @param rules the limits
     * @param kind the expected kind of file
     * @param contentName names the content independently of its address, so that a later download can resume it
     * @param target where to store it
     * @param clock the clock for timeouts
     */
    public Download(
            HttpClient client,
            DownloadRules rules,
            FileKind kind,
            String contentName,
            FileTarget target,
            InstantSource clock) {
        this.client = client;
        this.rules = rules;
        this.kind = kind;
        this.contentName = contentName;
        this.target = target;
        this.clock = clock;
        this.timeout = clock.instant().plus(rules.timeout());
    }

    /**
     * Makes one attempt to fetch the missing bytes.
     *
     * @param url where the file is
     * @param expiresAt until when the host keeps the file; null when not known
     * @return the file; empty when another attempt should follow after {@link #pause}
     * @throws FileUnavailableException if the host does not have the file under this address, or not yet: try another address,
     *     or this one again after {@link #pause} if {@link #isTimeLeft}
     * @throws UnexpectedPageException if the host sends a page instead of the file; the same holds
     * @throws DownloadRejectedException if a limit or the disk forbids it; another attempt would not help
     * @throws IOException if the attempt failed and no time is left for another
     */
    public Optional<DownloadedFile> attempt(String url, Instant expiresAt) throws IOException {
        if (part == null) {
            Optional<DownloadedFile> existing = open();
            if (existing.isPresent()) {
                return existing;
            }
        }
        if (isPage) {
            part.clear();
            isPage = false;
        }
        long before = part.size();
        try {
            new Transfer(client, rules, part, timeout, clock).run(url);
            String type = FileFormat.check(
                    part.channel(), part.size(), kind, part.state().total() == part.size());
            return Optional.of(publish(type));
        } catch (UnexpectedPageException e) {
            isPage = true;
            isTimeLeft = !isLastTry(e, false, expiresAt);
            throw e;
        } catch (BrokenFileException e) {
            boolean isLast = ++broken == MOST_BROKEN || isLastTry(e, part.size() > before, expiresAt);
            if (isLast && rules.keepBroken() && part.size() > 0) {
                Publication.keepBroken(part, file);
            } else {
                part.clear();
            }
            return retryUnless(isLast, e);
        } catch (FileUnavailableException e) {
            isTimeLeft = !isLastTry(e, false, expiresAt);
            throw e;
        } catch (DownloadRejectedException | FileSystemException e) {
            part.discard();
            throw e;
        } catch (IOException e) {
            return retryUnless(isUntrusted(e) || isLastTry(e, part.size() > before, expiresAt), e);
        }
    }

    /** An untrusted certificate will not be trusted on the next attempt, unlike a handshake that was cut. */
    private static boolean isUntrusted(IOException failure) {
        return failure instanceof SSLPeerUnverifiedException || failure.getCause() instanceof CertificateException;
    }

    private Optional<DownloadedFile> open() throws IOException {
        checkLength();
        file = target.createFolders();
        Publication.checkName(file, rules);
        if (rules.fileExist() == FileExist.Fail && Publication.exists(file)) {
            throw Publication.alreadyExists(file);
        }
        if (rules.fileExist() == FileExist.Ignore && Publication.exists(file)) {
            return Optional.of(describe(target.requireInside(file)));
        }
        part = PartFolder.open(file.getParent(), contentName);
        return Optional.empty();
    }

    private void checkLength() throws DownloadRejectedException {
        try {
            target.checkLength(rules.longestSuffix());
        } catch (IllegalArgumentException e) {
            throw new DownloadRejectedException(e.getMessage(), e);
        }
    }

    private DownloadedFile publish(String detectedType) throws IOException {
        long length = part.size();
        String sha256 = part.sha256();
        String type = mediaType(part.state().contentType(), detectedType);
        Optional<Path> published = Publication.publish(part, file, rules.fileExist());
        part.discard();
        // Else another download of the same video was faster, and its file counts.
        return published.isPresent()
                ? new DownloadedFile(published.get(), length, type, sha256)
                : describe(target.requireInside(file));
    }

    /** The host's media type if it is one of this kind, since it becomes a header; else the type that was detected. */
    private String mediaType(String header, String detected) {
        String plain =
                header == null ? null : header.replaceFirst("\\s*;.*", "").strip();
        return kind.isTypeOf(plain) ? plain : detected;
    }

    private DownloadedFile describe(Path there) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(there), digest);
                FileChannel channel = FileChannel.open(there)) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            // A stored file was as long as announced.
            String type = FileFormat.check(channel, length, kind, true);
            return new DownloadedFile(there, length, type, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Reckons the pause before the next try. True when there is no time for it. */
    private boolean isLastTry(IOException failure, boolean hasProgress, Instant expiresAt) {
        // Progress resets the backoff, however often the transfer is cut.
        failures = hasProgress ? 0 : failures + 1;
        Duration backoff = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures, 5));
        pause = backoff.compareTo(LONGEST_PAUSE) < 0 ? backoff : LONGEST_PAUSE;
        if (failure instanceof FileHostBusyException busy && busy.retryAfter().compareTo(pause) > 0) {
            pause = busy.retryAfter();
        }
        // A transfer may continue past the expiry, but no attempt starts after it.
        Instant deadline = expiresAt == null || timeout.isBefore(expiresAt) ? timeout : expiresAt;
        return clock.instant().plus(pause).isAfter(deadline);
    }

    private Optional<DownloadedFile> retryUnless(boolean isOver, IOException failure) throws IOException {
        if (isOver) {
            close();
            throw failure;
        }
        return Optional.empty();
    }

    /**
     * How long to wait before the next attempt.
     *
     * @return the time
     */
    public Duration pause() {
        return pause;
    }

    /**
     * Tells whether another attempt after {@link #pause} would be within the download's timeout and before the video expires.
     *
     * @return as of the last failed attempt
     */
    public boolean isTimeLeft() {
        return isTimeLeft;
    }

    /** Releases the part file. The received bytes stay for a later download if they can be resumed. */
    @Override
    public void close() throws IOException {
        if (part != null) {
            if (isPage && rules.keepBroken()) {
                Publication.keepBroken(part, file);
            } else if (isPage) {
                part.clear();
            }
            isPage = false;
            part.close();
        }
    }
}
