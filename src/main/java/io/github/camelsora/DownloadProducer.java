package io.github.camelsora;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.download.Download;
import io.github.camelsora.download.DownloadedFile;
import io.github.camelsora.download.FileTarget;
import io.github.camelsora.download.GoneException;
import io.github.camelsora.toapis.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;

/** {@code sora:download}: stores the video of a task in a file, waiting for its end first when it still runs. */
final class DownloadProducer extends SoraProducer {
    private Expression directory;
    private Expression fileName;

    DownloadProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        directory = simple(configuration().getDirectory());
        fileName = simple(configuration().getFileName());
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback) {
        String taskId = taskId(exchange);
        // Before the wait, so that a name that cannot be used is told at once.
        FileTarget target = target(exchange, taskId);
        Object body = exchange.getMessage().getBody();
        if (body instanceof VideoTask task && task.videoUrl() != null) {
            inTurn(exchange, callback, task, target);
        } else {
            ask(taskId, exchange, callback, (e, c, task) -> whenEnded(e, c, task, target));
        }
    }

    private FileTarget target(Exchange exchange, String taskId) {
        try {
            String name = fileName == null ? null : fileName.evaluate(exchange, String.class);
            return FileTarget.of(directory.evaluate(exchange, String.class), name, taskId);
        } catch (IllegalArgumentException e) {
            throw RequestBody.refused(e.getMessage());
        }
    }

    private boolean whenEnded(Exchange exchange, AsyncCallback callback, VideoTask task, FileTarget target) {
        TaskHeaders.write(exchange.getMessage(), task);
        if (!task.status().isTerminal()) {
            await(task.id(), exchange, callback, (e, c, ended) -> inTurn(e, c, ended, target));
            return false;
        }
        if (task.status() != TaskStatus.COMPLETED) {
            throw WaitingExchange.failure(task);
        }
        return inTurn(exchange, callback, task, target);
    }

    private boolean inTurn(Exchange exchange, AsyncCallback callback, VideoTask task, FileTarget target) {
        component().runtime().pools().downloads().execute(() -> {
            Callable<Void> stored = resultOf(() -> store(exchange.getMessage(), task, target));
            onRoute(exchange, callback, () -> stored.call() == null);
        });
        return false;
    }

    private Void store(Message message, VideoTask task, FileTarget target) {
        TaskHeaders.write(message, task);
        try {
            DownloadedFile file = new Download(getEndpoint().clients().files()).store(task.videoUrl(), target);
            Path path = file.path();
            message.setBody(path.toFile());
            message.setHeader(SoraConstants.FILE_NAME, target.relativeName(path));
            message.setHeader(SoraConstants.FILE_LENGTH, file.length());
            message.setHeader(SoraConstants.CONTENT_TYPE, file.contentType());
            return null;
        } catch (IOException e) {
            boolean isExpired = e instanceof GoneException
                    || task.expiresAt() != null && task.expiresAt().isBefore(Instant.now());
            throw isExpired ? expired(task, e) : failed(task, target, e);
        }
    }

    private static SoraException expired(VideoTask task, IOException cause) {
        return new ResultExpiredException(
                "The video of task " + task.id() + " is no longer there (" + Redaction.of(cause.getMessage())
                        + "): the service keeps a video for 24 hours. It cannot be had again.",
                About.accepted(task.key(), task.id()),
                cause);
    }

    private static SoraException failed(VideoTask task, FileTarget target, IOException cause) {
        String reason = Redaction.of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        return new DownloadFailedException(
                "The video of task " + task.id() + " could not be stored in " + target.directory() + ": " + reason
                        + ". It was paid for and is still at the service: download it again, do not remix again.",
                About.accepted(task.key(), task.id()),
                cause);
    }
}
