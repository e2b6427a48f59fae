package io.github.camelsora.internal.camel.download;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.download.Download;
import io.github.camelsora.internal.download.DownloadRejectedException;
import io.github.camelsora.internal.download.DownloadedFile;
import io.github.camelsora.internal.download.FileUnavailableException;
import io.github.camelsora.internal.download.format.UnexpectedPageException;
import io.github.camelsora.internal.toapis.Redaction;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one task on their way to the disk, one after the other: try after try, under fresh addresses when one has
 * died, and with patience while a host does not have a file yet. It has a thread while bytes come, and none in between.
 */
final class DownloadJob {
    private static final Logger LOG = LoggerFactory.getLogger(DownloadJob.class);

    private final SoraEndpoint endpoint;
    private final String routeId;
    private final List<DownloadFile> files;
    private final Consumer<Callable<List<DownloadedFile>>> whenDone;
    private final List<DownloadedFile> stored = new ArrayList<>();
    private VideoTask task;
    private Download download;
    private FileHostFailures hostFailures;
    private volatile boolean isRetryForbidden;

    DownloadJob(
            SoraEndpoint endpoint,
            String routeId,
            VideoTask task,
            List<DownloadFile> files,
            Consumer<Callable<List<DownloadedFile>>> whenDone) {
        this.endpoint = endpoint;
        this.routeId = routeId;
        this.task = task;
        this.files = files;
        this.whenDone = whenDone;
        this.download = newDownload();
    }

    private Download newDownload() {
        DownloadFile file = currentFile();
        InstantSource clock = endpoint.getComponent().ledger()::now;
        hostFailures = new FileHostFailures(clock);
        return new Download(
                endpoint.clients().files(),
                endpoint.downloadRules(),
                file.kind(),
                file.contentOf(task.id()),
                file.target(),
                clock);
    }

    private DownloadFile currentFile() {
        return files.get(stored.size());
    }

    /** Tries once. False when it is worth another try after {@link #pause}. */
    boolean attempt() {
        Callable<List<DownloadedFile>> end;
        try {
            if (!storeRemaining()) {
                return false;
            }
            end = () -> stored;
        } catch (SoraException e) {
            end = failing(e);
        } catch (Throwable e) {
            // Whatever it is: an exchange waits for its end.
            end = failing(failed(e));
        }
        whenDone.accept(end);
        return true;
    }

    private boolean storeRemaining() throws IOException {
        while (true) {
            Optional<DownloadedFile> file = storeCurrent();
            if (file.isEmpty()) {
                return false;
            }
            stored.add(file.get());
            if (stored.size() == files.size()) {
                return true;
            }
            download = newDownload();
        }
    }

    Duration pause() {
        return download.pause();
    }

    boolean isIn(String aRouteId) {
        return aRouteId.equals(routeId);
    }

    /** Whether it must not wait for another try. */
    boolean isRetryForbidden() {
        return isRetryForbidden;
    }

    void forbidRetry() {
        isRetryForbidden = true;
    }

    /** Ends it because the routes stop. */
    void cancel() {
        whenDone.accept(failing(DownloadExceptions.cancelled(currentFile(), task)));
    }

    private Optional<DownloadedFile> storeCurrent() throws IOException {
        try {
            return download.attempt(currentFile().address(task), task.expiresAt());
        } catch (FileUnavailableException | UnexpectedPageException e) {
            return onUnavailable(e);
        } catch (DownloadRejectedException | FileSystemException e) {
            // By a limit or a disk of ours, which says nothing about the host.
            throw failed(e);
        } catch (IOException e) {
            throw hostFailures.isExpired(task) ? expired(e) : failed(e);
        }
    }

    /** An address may die before its file does, and a host may need minutes until it has a file. */
    private Optional<DownloadedFile> onUnavailable(IOException refusal) throws IOException {
        boolean isFirst = hostFailures.add(refusal);
        if (hostFailures.acquireQuery() && refreshAddress(refusal)) {
            return storeCurrent();
        }
        if (hostFailures.isExpired(task)) {
            throw expired(refusal);
        }
        if (refusal instanceof FileUnavailableException gone && gone.needsCredentials() && isAtBaseUrl(gone)) {
            throw DownloadExceptions.needsApiKey(currentFile(), task, gone);
        }
        if (hostFailures.isPatienceExhausted() || !download.isTimeLeft()) {
            throw finalFailure(refusal);
        }
        if (isFirst) {
            LOG.info(
                    "The {} of task {} is not to be had yet ({}). It was paid for; it is asked for again, with growing"
                            + " pauses, for {} minutes or until downloadTimeout is over",
                    currentFile().label(),
                    task.id(),
                    Redaction.of(refusal.getMessage()),
                    FileHostFailures.PATIENCE.toMinutes());
        }
        return Optional.empty();
    }

    /** Asks the service. False when it knows no other address. */
    private boolean refreshAddress(IOException refusal) {
        VideoTask seen;
        try {
            seen = endpoint.askInTurn(task.id());
            hostFailures.queryAnswered(true);
        } catch (SoraException e) {
            refusal.addSuppressed(e);
            // Without an answer it is not known whether there is another address.
            hostFailures.queryAnswered(false);
            return false;
        }
        String old = currentFile().address(task);
        String fresh = seen.status() == TaskStatus.COMPLETED ? currentFile().address(seen) : null;
        if (fresh != null) {
            task = seen.withKey(task.key());
        }
        return fresh != null && !fresh.equals(old);
    }

    private SoraException finalFailure(IOException refusal) {
        if (hostFailures.isFileLost()) {
            return DownloadExceptions.missing(currentFile(), task, refusal);
        }
        return refusal instanceof FileUnavailableException gone && gone.mayNeedCredentials() && isAtBaseUrl(gone)
                ? DownloadExceptions.needsApiKey(currentFile(), task, gone)
                : failed(refusal);
    }

    private boolean isAtBaseUrl(FileUnavailableException refusal) {
        return endpoint.getConfiguration().base().isSameHost(refusal.host());
    }

    private Callable<List<DownloadedFile>> failing(SoraException reason) {
        try {
            download.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
        return () -> {
            throw reason;
        };
    }

    private SoraException expired(IOException cause) {
        return DownloadExceptions.expired(currentFile(), task, cause);
    }

    private SoraException failed(Throwable cause) {
        return DownloadExceptions.failed(currentFile(), task, cause);
    }
}
