package io.github.camelsora;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.download.Download;
import io.github.camelsora.download.DownloadedFile;
import io.github.camelsora.download.GoneException;
import io.github.camelsora.toapis.Redaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The files of one task on their way to the disk, one after the other: try after try, and once under fresh addresses when one
 * has died. It has a thread while bytes come, and none in between.
 */
final class VideoDownload {
    private final SoraEndpoint endpoint;
    private final String routeId;
    private final List<WantedFile> files;
    private final Consumer<Callable<List<DownloadedFile>>> whenDone;
    private final List<DownloadedFile> stored = new ArrayList<>();
    private VideoTask task;
    private Download download;
    private boolean isFresh;
    private volatile boolean isParked;

    VideoDownload(
            SoraEndpoint endpoint,
            String routeId,
            VideoTask task,
            List<WantedFile> files,
            Consumer<Callable<List<DownloadedFile>>> whenDone) {
        this.endpoint = endpoint;
        this.routeId = routeId;
        this.task = task;
        this.files = files;
        this.whenDone = whenDone;
        this.download = newDownload();
    }

    private Download newDownload() {
        WantedFile file = wanted();
        return new Download(
                endpoint.clients().files(),
                endpoint.downloadRules(),
                file.kind(),
                file.contentOf(task.id()),
                file.target());
    }

    private WantedFile wanted() {
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
        whenDone.accept(failing(new WaitParkedException(
                "The download of the " + wanted().label() + " of task " + task.id()
                        + " was ended because the routes stop. It was paid for and is still at the service: download it"
                        + " again, do not remix again.",
                About.accepted(task.key(), task.id()),
                null)));
    }

    private Optional<DownloadedFile> attempt() throws IOException {
        try {
            return download.attempt(wanted().address(task), task.expiresAt());
        } catch (GoneException e) {
            if (isFresh || !askAgain(e)) {
                throw gone(e);
            }
            return attempt();
        } catch (IOException e) {
            throw isOver() ? expired(e) : failed(e);
        }
    }

    /** An address may die before its file does. False when the service knows no other. */
    private boolean askAgain(GoneException gone) {
        isFresh = true;
        VideoTask seen;
        try {
            seen = endpoint.askInTurn(task.id());
        } catch (SoraException e) {
            gone.addSuppressed(e);
            // Without an answer it is not known whether there is another address.
            throw isOver() ? expired(gone) : failed(gone);
        }
        String address = seen.status() == TaskStatus.COMPLETED ? wanted().address(seen) : null;
        boolean isOther = address != null && !address.equals(wanted().address(task));
        if (isOther) {
            task = seen.withKey(task.key());
        }
        return isOther;
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

    private boolean isOver() {
        return task.expiresAt() != null && task.expiresAt().isBefore(Instant.now());
    }

    private SoraException gone(GoneException cause) {
        return cause.isCertain() || isOver() ? expired(cause) : failed(cause);
    }

    private SoraException expired(IOException cause) {
        return new ResultExpiredException(
                "The " + wanted().label() + " of task " + task.id() + " is no longer there ("
                        + Redaction.of(cause.getMessage())
                        + "): the service keeps a video for 24 hours. It cannot be had again.",
                About.accepted(task.key(), task.id()),
                cause);
    }

    private SoraException failed(Throwable cause) {
        String reason = Redaction.of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        return new DownloadFailedException(
                "The " + wanted().label() + " of task " + task.id() + " could not be stored in "
                        + wanted().target().directory() + ": " + reason
                        + ". It was paid for and is still at the service: download it again, do not remix again.",
                About.accepted(task.key(), task.id()),
                cause);
    }
}
