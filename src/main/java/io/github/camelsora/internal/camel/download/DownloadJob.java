package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.download.Download;
import io.github.camelsora.internal.download.DownloadRejectedException;
import io.github.camelsora.internal.download.DownloadedFile;
import io.github.camelsora.internal.download.FileUnavailableException;
import io.github.camelsora.internal.download.format.UnexpectedPageException;
import io.github.camelsora.internal.toapis.Redaction;
import io.github.camelsora.internal.trace.TaskScope;
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
 * Downloads the files of one task, one after the other. It retries, queries the service for a fresh address when one has
 * expired, and waits while a host does not have a file yet. It holds a thread only during an attempt.
 */
final class DownloadJob {
    private static final Logger LOG = LoggerFactory.getLogger(DownloadJob.class);

    private final EndpointContext context;
    private final String routeId;
    private final List<DownloadFile> files;
    private final Consumer<Callable<List<DownloadedFile>>> whenDone;
    private final List<DownloadedFile> stored = new ArrayList<>();
    private VideoTask task;
    private Download download;
    private FileHostFailures hostFailures;
    private volatile boolean isRetryForbidden;

    DownloadJob(
            EndpointContext context,
            String routeId,
            VideoTask task,
            List<DownloadFile> files,
            Consumer<Callable<List<DownloadedFile>>> whenDone) {
        this.context = context;
        this.routeId = routeId;
        this.task = task;
        this.files = files;
        this.whenDone = whenDone;
        this.download = newDownload();
    }

    private Download newDownload() {
        DownloadFile file = currentFile();
        InstantSource clock = context.runtime().ledger()::now;
        hostFailures = new FileHostFailures(clock);
        return new Download(
                context.clients().files(),
                context.settings().downloadRules(),
                file.kind(),
                file.contentOf(task.id()),
                file.target(),
                clock);
    }

    private DownloadFile currentFile() {
        return files.get(stored.size());
    }

    /** Makes one attempt. False when another should follow after {@link #pause}. */
    boolean attempt() {
        try (TaskScope scope = TaskScope.of(task)) {
            return attemptInScope();
        }
    }

    private boolean attemptInScope() {
        Callable<List<DownloadedFile>> end;
        try {
            if (!storeRemaining()) {
                return false;
            }
            end = () -> stored;
        } catch (SoraException e) {
            end = failing(e);
        } catch (Throwable e) {
            // Any error, since an exchange waits for the end.
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
            context.runtime().meters().downloaded(context.account(), file.get().length());
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

    /** Whether it must not wait for another attempt, because its route stops. */
    boolean isRetryForbidden() {
        return isRetryForbidden;
    }

    void forbidRetry() {
        isRetryForbidden = true;
    }

    /** Fails it because the routes stop. */
    void cancel() {
        whenDone.accept(failing(DownloadExceptions.cancelled(currentFile(), task)));
    }

    private Optional<DownloadedFile> storeCurrent() throws IOException {
        try {
            return download.attempt(currentFile().address(task), task.expiresAt());
        } catch (FileUnavailableException | UnexpectedPageException e) {
            return onUnavailable(e);
        } catch (DownloadRejectedException | FileSystemException e) {
            // A limit or disk of ours, which says nothing about the host.
            throw failed(e);
        } catch (IOException e) {
            throw hostFailures.isExpired(task) ? expired(e) : failed(e);
        }
    }

    /** An address may expire before its file does, and a host may need minutes until it has a file. */
    private Optional<DownloadedFile> onUnavailable(IOException failure) throws IOException {
        boolean isFirst = hostFailures.add(failure);
        if (hostFailures.acquireQuery() && refreshAddress(failure)) {
            return storeCurrent();
        }
        if (hostFailures.isExpired(task)) {
            throw expired(failure);
        }
        if (failure instanceof FileUnavailableException unavailable
                && unavailable.needsCredentials()
                && isAtBaseUrl(unavailable)) {
            throw DownloadExceptions.needsApiKey(currentFile(), task, unavailable);
        }
        if (hostFailures.isPatienceExhausted() || !download.isTimeLeft()) {
            throw finalFailure(failure);
        }
        if (isFirst) {
            LOG.info(
                    "The {} of task {} is not available yet ({}). It was paid for; the download is retried with growing"
                            + " pauses for {} minutes or until downloadTimeout is over",
                    currentFile().label(),
                    task.id(),
                    Redaction.of(failure.getMessage()),
                    FileHostFailures.PATIENCE.toMinutes());
        }
        return Optional.empty();
    }

    /** Queries the service for another address. False when it knows none. */
    private boolean refreshAddress(IOException failure) {
        VideoTask seen;
        try {
            seen = context.queryInTurn(task.id());
            hostFailures.queryAnswered(true);
        } catch (SoraException e) {
            failure.addSuppressed(e);
            // Without an answer, another address may still exist.
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

    private SoraException finalFailure(IOException failure) {
        if (hostFailures.isFileLost()) {
            return DownloadExceptions.missing(currentFile(), task, failure);
        }
        return failure instanceof FileUnavailableException unavailable
                        && unavailable.mayNeedCredentials()
                        && isAtBaseUrl(unavailable)
                ? DownloadExceptions.needsApiKey(currentFile(), task, unavailable)
                : failed(failure);
    }

    private boolean isAtBaseUrl(FileUnavailableException failure) {
        return context.settings().service().connection().baseUrl().isSameHost(failure.host());
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
