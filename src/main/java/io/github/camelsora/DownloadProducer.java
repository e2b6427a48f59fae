package io.github.camelsora;

import io.github.camelsora.api.TaskStatus;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.download.DownloadedFile;
import io.github.camelsora.download.FileTarget;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;

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
        TaskHeaders.write(exchange.getMessage(), task);
        VideoDownload download = new VideoDownload(
                getEndpoint(),
                ExchangeHelper.getAtRouteId(exchange),
                task,
                target,
                file -> onRoute(exchange, callback, () -> stored(exchange.getMessage(), file.call(), target)));
        component().runtime().downloads().add(download);
        return false;
    }

    private static boolean stored(Message message, DownloadedFile file, FileTarget target) {
        message.setBody(file.path().toFile());
        message.setHeader(SoraConstants.FILE_NAME, target.relativeName(file.path()));
        message.setHeader(SoraConstants.FILE_LENGTH, file.length());
        message.setHeader(SoraConstants.CONTENT_TYPE, file.contentType());
        message.setHeader(SoraConstants.SHA256, file.sha256());
        return true;
    }
}
