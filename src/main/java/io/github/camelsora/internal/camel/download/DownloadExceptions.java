package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.toapis.Redaction;
import java.io.IOException;

/** The exceptions of a download that has come to nothing. Its task was paid for in any case. */
final class DownloadExceptions {
    private DownloadExceptions() {}

    /** The video is lost, because its time is over. */
    static SoraException expired(DownloadFile file, VideoTask task, IOException cause) {
        return lost(file, task, cause, "the service keeps a video for 24 hours");
    }

    /** The video is lost, because its host has said for long that it is not there. */
    static SoraException missing(DownloadFile file, VideoTask task, IOException cause) {
        return lost(
                file,
                task,
                cause,
                "its host has said so for " + FileHostFailures.PATIENCE.toMinutes()
                        + " minutes, and the service knows no other address");
    }

    private static SoraException lost(DownloadFile file, VideoTask task, IOException cause, String reason) {
        return new ResultExpiredException(
                "The " + file.label() + " of task " + task.id() + " is no longer there ("
                        + Redaction.of(cause.getMessage()) + "): " + reason + ". It cannot be had again.",
                About.accepted(task.key(), task.id()),
                cause);
    }

    static SoraException failed(DownloadFile file, VideoTask task, Throwable cause) {
        String reason = Redaction.of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        return new DownloadFailedException(
                "The " + file.label() + " of task " + task.id() + " could not be stored in "
                        + file.target().directory() + ": " + reason
                        + ". It was paid for and is still at the service: download it again, do not remix again.",
                About.accepted(task.key(), task.id()),
                cause);
    }

    /** The address lies at baseUrl, and only who shows the API key is let in. */
    static SoraException needsApiKey(DownloadFile file, VideoTask task, IOException cause) {
        return new DownloadFailedException(
                "The address of the " + file.label() + " of task " + task.id()
                        + " lies at baseUrl and wants the API key ("
                        + Redaction.of(cause.getMessage())
                        + "), which sora:download sends to no address of a file, so it cannot fetch this one. It was paid"
                        + " for: fetch it from that address by an HTTP step of your own that shows the key, or have the"
                        + " gateway give addresses that need none. Do not remix again.",
                About.accepted(task.key(), task.id()),
                cause);
    }

    static SoraException cancelled(DownloadFile file, VideoTask task) {
        return new WaitParkedException(
                "The download of the " + file.label() + " of task " + task.id()
                        + " was ended because the routes stop or are suspended. It was paid for and is still at the service:"
                        + " download it again, do not remix again.",
                About.accepted(task.key(), task.id()),
                null);
    }
}
