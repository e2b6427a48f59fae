package io.github.camelsora.internal.camel.download;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.download.Download;
import io.github.camelsora.internal.download.DownloadedFile;
import io.github.camelsora.internal.download.GoneException;
import io.github.camelsora.internal.download.PageException;
import io.github.camelsora.internal.download.RefusedException;
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
    private FileRefusals refusals;
    private volatile boolean isParked;

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
        DownloadFile file = wanted();
        InstantSource clock = endpoint.getComponent().ledger()::now;
        refusals = new FileRefusals(clock);
        return new Download(
                endpoint.clients().files(),
                endpoint.downloadRules(),
                file.kind(),
                file.contentOf(task.id()),
                file.target(),
                clock);
    }

    private DownloadFile wanted() {
        return files.get(stored.size());
    }

    /** Tries once. False when it is worth another try after {@link #pause}. */
    boolean isDoneAfterTry() {
        Callable<List<DownloadedFile>> end;
        try {
            if (!areStored()) {
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

    private boolean areStored() throws IOException {
        while (true) {
            Optional<DownloadedFile> file = attempt();
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
    boolean isParked() {
        return isParked;
    }

    void waitNoMore() {
        isParked = true;
    }

    /** Ends it because the routes stop. */
    void park() {
        whenDone.accept(failing(DownloadExceptions.parked(wanted(), task)));
    }

    private Optional<DownloadedFile> attempt() throws IOException {
        try {
            return download.attempt(wanted().address(task), task.expiresAt());
        } catch (GoneException | PageException e) {
            return afterRefusal(e);
        } catch (RefusedException | FileSystemException e) {
            // By a limit or a disk of ours, which says nothing about the host.
            throw failed(e);
        } catch (IOException e) {
            throw refusals.isOver(task) ? expired(e) : failed(e);
        }
    }

    /** An address may die before its file does, and a host may need minutes until it has a file. */
    private Optional<DownloadedFile> afterRefusal(IOException refusal) throws IOException {
        boolean isFirst = refusals.add(refusal);
        if (refusals.isTimeToAsk() && hasOtherAddress(refusal)) {
            return attempt();
        }
        if (refusals.isOver(task)) {
            throw expired(refusal);
        }
        if (refusal instanceof GoneException gone && gone.demandsCredentials() && isOfService(gone)) {
            throw DownloadExceptions.wantsKey(wanted(), task, gone);
        }
        if (refusals.isLong() || !download.isTimeLeft()) {
            throw end(refusal);
        }
        if (isFirst) {
            LOG.info(
                    "The {} of task {} is not to be had yet ({}). It was paid for; it is asked for again, with growing"
                            + " pauses, for {} minutes or until downloadTimeout is over",
                    wanted().label(),
                    task.id(),
                    Redaction.of(refusal.getMessage()),
                    FileRefusals.PATIENCE.toMinutes());
        }
        return Optional.empty();
    }

    /** Asks the service. False when it knows no other address. */
    private boolean hasOtherAddress(IOException refusal) {
        VideoTask seen;
        try {
            seen = endpoint.askInTurn(task.id());
            refusals.answered(true);
        } catch (SoraException e) {
            refusal.addSuppressed(e);
            // Without an answer it is not known whether there is another address.
            refusals.answered(false);
            return false;
        }
        String old = wanted().address(task);
        String fresh = seen.status() == TaskStatus.COMPLETED ? wanted().address(seen) : null;
        if (fresh != null) {
            task = seen.withKey(task.key());
        }
        return fresh != null && !fresh.equals(old);
    }

    private SoraException end(IOException refusal) {
        if (refusals.isMissing()) {
            return DownloadExceptions.missing(wanted(), task, refusal);
        }
        return refusal instanceof GoneException gone && gone.wantsCredentials() && isOfService(gone)
                ? DownloadExceptions.wantsKey(wanted(), task, gone)
                : failed(refusal);
    }

    private boolean isOfService(GoneException refusal) {
        return endpoint.getConfiguration().base().isAt(refusal.host());
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
        return DownloadExceptions.expired(wanted(), task, cause);
    }

    private SoraException failed(Throwable cause) {
        return DownloadExceptions.failed(wanted(), task, cause);
    }
}
