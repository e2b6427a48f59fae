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
 * Brings one file, in as many tries as it takes, and lets it appear under its name when it is whole. Between two tries it
 * holds no thread: whoever runs it waits for {@link #pause} and calls {@link #attempt} again. Not thread-safe. The request
 * carries no credentials.
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
     * Begins a download by the clock of the system; nothing is asked for yet.
     *
     * @param client speaks to the file host; it follows no redirect by itself
     * @param rules the limits
     * @param kind what it has to be
     * @param what names the content wherever it lies, so that a later download of it can go on
     * @param target where it is to lie
     */
    public Download(HttpClient client, DownloadRules rules, FileKind kind, String what, FileTarget target) {
        this(client, rules, kind, what, target, InstantSource.system());
    }

    /**
     * Begins a download; nothing is asked for yet.
     *
     * @param client speaks to the file host; it follows no redirect by itself
     * @param rules the limits
     * @param kind what it has to be
     * @param what names the content wherever it lies, so that a later download of it can go on
     * @param target where it is to lie
     * @param clock what tells the time
     */
    public Download(
            HttpClient client,
            DownloadRules rules,
            FileKind kind,
            String what,
            FileTarget target,
            InstantSource clock) {
        this.client = client;
        this.rules = rules;
        this.kind = kind;
        this.contentName = what;
        this.target = target;
        this.clock = clock;
        this.timeout = clock.instant().plus(rules.timeout());
    }

    /**
     * Tries once to bring what is missing.
     *
     * @param url where the file is
     * @param expiresAt until when the host has it there; null when not known
     * @return the file; empty when it is worth another try after {@link #pause}
     * @throws FileUnavailableException if the host does not have it under this address, or not yet; another may be tried, or this one
     *     again after {@link #pause} if {@link #isTimeLeft}
     * @throws UnexpectedPageException if the host sends a text instead of the file, for which the same holds
     * @throws DownloadRejectedException if a limit or the disk forbids it
     * @throws IOException if it could not be had, and there is no time left
     */
    public Optional<DownloadedFile> attempt(String url, Instant expiresAt) throws IOException {
        if (part == null) {
            Optional<DownloadedFile> there = open();
            if (there.isPresent()) {
                return there;
            }
        }
        if (isPage) {
            part.startOver();
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
                part.startOver();
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

    /** A host that is not who it says it is will not be in a moment, unlike one that breaks off its handshake. */
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

    private DownloadedFile publish(String seenType) throws IOException {
        long length = part.size();
        String sha256 = part.sha256();
        String type = mediaType(part.state().contentType(), seenType);
        Optional<Path> published = Publication.publish(part, file, rules.fileExist());
        part.discard();
        // Else another was faster with the same video, and what is there counts.
        return published.isPresent()
                ? new DownloadedFile(published.get(), length, type, sha256)
                : describe(target.requireInside(file));
    }

    /** What the host says, unless that cannot be: it becomes a header. */
    private String mediaType(String told, String seen) {
        String plain = told == null ? null : told.replaceFirst("\\s*;.*", "").strip();
        return kind.isTypeOf(plain) ? plain : seen;
    }

    private DownloadedFile describe(Path there) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(there), digest);
                FileChannel channel = FileChannel.open(there)) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            // What lies here was as long as announced when it was stored.
            String type = FileFormat.check(channel, length, kind, true);
            return new DownloadedFile(there, length, type, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** Reckons the pause before the next try. True when there is no time for it. */
    private boolean isLastTry(IOException failure, boolean hasProgress, Instant expiresAt) {
        // What makes progress is not in trouble, however often it is cut.
        failures = hasProgress ? 0 : failures + 1;
        Duration backoff = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures, 5));
        pause = backoff.compareTo(LONGEST_PAUSE) < 0 ? backoff : LONGEST_PAUSE;
        if (failure instanceof FileHostBusyException busy && busy.retryAfter().compareTo(pause) > 0) {
            pause = busy.retryAfter();
        }
        // A file may outlive its address while it is sent, but no new try begins then.
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
     * How long to wait before the next try.
     *
     * @return the time
     */
    public Duration pause() {
        return pause;
    }

    /**
     * Tells whether another try after {@link #pause} would be within the time that a download may take, and before the video
     * expires.
     *
     * @return as of the last try that has failed
     */
    public boolean isTimeLeft() {
        return isTimeLeft;
    }

    /** Lets go of it; what has come stays for the next download of it, if one can go on from there. */
    @Override
    public void close() throws IOException {
        if (part != null) {
            if (isPage && rules.keepBroken()) {
                Publication.keepBroken(part, file);
            } else if (isPage) {
                part.startOver();
            }
            isPage = false;
            part.close();
        }
    }
}
