package io.github.camelsora.internal.camel.download;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.camel.EndpointContext;
import io.github.camelsora.internal.camel.SoraProducer;
import io.github.camelsora.internal.camel.TaskHeaders;
import io.github.camelsora.internal.camel.WaitingExchange;
import io.github.camelsora.internal.camel.option.OptionExpression;
import io.github.camelsora.internal.download.DownloadedFile;
import io.github.camelsora.internal.download.FileTarget;
import io.github.camelsora.internal.download.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;

/** {@code sora:download}: downloads the videos of a task; awaits a task that still runs first. */
public final class DownloadProducer extends SoraProducer {
    /** The length of the longest suffix for several videos, as in {@code video-99.mp4}. */
    private static final int LONGEST_NUMBER = 3;

    private OptionExpression directory;
    private OptionExpression fileName;
    private DownloadSelection selection;

    public DownloadProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        directory = expression("directory");
        fileName = expression("fileName");
        selection = DownloadSelection.of(settings().download());
        if (directory.isConstant() && fileName.isConstant()) {
            // At start, before a task is paid for whose video could not be stored.
            check(settings().message().text("directory"), settings().message().text("fileName"), "task");
        }
    }

    private void check(String where, String name, String taskId) {
        FileTarget target = FileTarget.of(directory.isSet() ? where : ".", name, taskId);
        target.checkLength(settings().downloadRules().longestSuffix() + (selection.isAll() ? LONGEST_NUMBER : 0));
    }

    /** Where to store the files; directory null for a stream, name null for one derived from the task's id. */
    private record Place(String directory, String fileName) {}

    @Override
    protected void doProcess(Exchange exchange, AsyncCallback callback) {
        String taskId = taskId(exchange);
        // Before the wait, so that an invalid name fails at once.
        Object body = exchange.getMessage().getBody();
        String key = body instanceof VideoTask task ? task.key() : null;
        Place place = place(exchange, About.accepted(key, taskId));
        if (body instanceof VideoTask task && task.videoUrl() != null) {
            download(exchange, callback, task, place);
        } else {
            query(taskId, exchange, callback, (e, c, seen) -> onQueried(e, c, seen.task(), place));
        }
    }

    private Place place(Exchange exchange, About about) {
        try {
            Place place = new Place(directory.read(exchange), fileName.read(exchange));
            check(place.directory(), place.fileName(), about.taskId());
            return place;
        } catch (RuntimeException e) {
            // Also for an expression that cannot be evaluated.
            throw badRequest(e.getMessage(), about, e);
        }
    }

    private boolean onQueried(Exchange exchange, AsyncCallback callback, VideoTask task, Place place) {
        TaskHeaders.write(exchange.getMessage(), task);
        if (!task.status().isTerminal()) {
            await(task.id(), exchange, callback, (e, c, ended) -> download(e, c, ended, place));
            return false;
        }
        if (task.status() != TaskStatus.COMPLETED) {
            throw WaitingExchange.failure(task);
        }
        return download(exchange, callback, task, place);
    }

    private boolean download(Exchange exchange, AsyncCallback callback, VideoTask task, Place place) {
        TaskHeaders.write(exchange.getMessage(), task);
        if (place.directory() != null) {
            List<DownloadFile> files = selection.filesOf(task, place.directory(), place.fileName());
            start(exchange, callback, task, files, (e, c, stored) -> setFilesAsBody(e.getMessage(), stored, files));
            return false;
        }
        Path folder = newFolder(task);
        try {
            List<DownloadFile> files = selection.filesOf(task, folder.toString(), place.fileName());
            start(exchange, callback, task, files, (e, c, stored) -> setStreamAsBody(e, stored, files, folder));
        } catch (RuntimeException e) {
            TemporaryFolders.delete(folder);
            throw e;
        }
        return false;
    }

    private Path newFolder(VideoTask task) {
        try {
            return context().runtime().temporaryFolders().newFolder();
        } catch (IOException e) {
            throw new DownloadFailedException(
                    "No temporary folder for the video of task " + task.id() + " could be created (" + e.getMessage()
                            + "). The video was paid for and is still at the service: download it again.",
                    About.seen(task),
                    e);
        }
    }

    private void start(
            Exchange exchange,
            AsyncCallback callback,
            VideoTask task,
            List<DownloadFile> files,
            ResultHandler<Callable<List<DownloadedFile>>> handler) {
        DownloadJob download = new DownloadJob(
                context(),
                ExchangeHelper.getAtRouteId(exchange),
                task,
                files,
                stored -> resumeOnRoutePool(exchange, callback, () -> handler.handle(exchange, callback, stored)));
        context().runtime().downloads().submit(download);
    }

    private boolean setFilesAsBody(Message message, Callable<List<DownloadedFile>> end, List<DownloadFile> files)
            throws Exception {
        List<DownloadedFile> stored = end.call();
        if (selection.isAll()) {
            message.setBody(stored.stream().map(file -> file.path().toFile()).toList());
            // They describe one file, and there are several.
            message.removeHeaders(SoraConstants.FILE_NAME);
            message.removeHeaders(SoraConstants.FILE_NAME_PRODUCED);
            message.removeHeaders(SoraConstants.FILE_LENGTH);
            message.removeHeaders(SoraConstants.CONTENT_TYPE);
            message.removeHeaders(SoraConstants.SHA256);
        } else {
            Path path = stored.get(0).path();
            message.setBody(path.toFile());
            message.setHeader(
                    SoraConstants.FILE_NAME_PRODUCED, path.toAbsolutePath().toString());
            describe(message, stored.get(0), files.get(0).target());
        }
        return true;
    }

    private static boolean setStreamAsBody(
            Exchange exchange, Callable<List<DownloadedFile>> end, List<DownloadFile> files, Path folder)
            throws Exception {
        DownloadedFile stored;
        try {
            stored = end.call().get(0);
        } catch (Exception e) {
            TemporaryFolders.delete(folder);
            throw e;
        }
        TemporaryVideo video = new TemporaryVideo(folder, stored.path(), stored.length());
        exchange.getMessage().setBody(video.streamFor(exchange));
        // The temporary file is not for users.
        exchange.getMessage().removeHeaders(SoraConstants.FILE_NAME_PRODUCED);
        describe(exchange.getMessage(), stored, files.get(0).target());
        return true;
    }

    private static void describe(Message message, DownloadedFile file, FileTarget target) {
        message.setHeader(SoraConstants.FILE_NAME, target.relativeName(file.path()));
        message.setHeader(SoraConstants.FILE_LENGTH, file.length());
        message.setHeader(SoraConstants.CONTENT_TYPE, file.contentType());
        message.setHeader(SoraConstants.SHA256, file.sha256());
    }
}
