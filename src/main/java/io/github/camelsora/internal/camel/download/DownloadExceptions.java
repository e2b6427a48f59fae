package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.internal.toapis.Redaction;
import java.io.IOException;

/** The exceptions of a failed download. Its task was paid for in any case. */
final class DownloadExceptions {
    private DownloadExceptions() {}

    /** The video is lost because it has expired. */
    static SoraException expired(DownloadFile file, VideoTask task, IOException cause) {
        return lost(file, task, cause, "the service keeps a video for 24 hours");
    }

    /** The video is lost: its host has reported it as missing for {@link FileHostFailures#PATIENCE}. */
    static SoraException missing(DownloadFile file, VideoTask task, IOException cause) {
        return lost(
                file,
                task,
                cause,
                "its host has reported it as missing for " + FileHostFailures.PATIENCE.toMinutes()
                        + " minutes, and the service knows no other address");
    }

    private static SoraException lost(DownloadFile file, VideoTask task, IOException cause, String reason) {
        return new ResultExpiredException(
                "The " + file.label() + " of task " + task.id() + " no longer exists ("
                        + Redaction.of(cause.getMessage()) + "): " + reason + ". It cannot be recovered.",
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

    /** The address is at baseUrl and answers only with the API key. */
    static SoraException needsApiKey(DownloadFile file, VideoTask task, IOException cause) {
        return new DownloadFailedException(
                "The address of the " + file.label() + " of task " + task.id()
                        + " is at baseUrl and needs the API key ("
                        + Redaction.of(cause.getMessage())
                        + "), which sora:download never sends to the address of a file. The video was paid for: fetch it from"
                        + " that address by an HTTP step of your own that sends the key, or configure the gateway to give"
                        + " addresses that need none. Do not remix again.",
                About.accepted(task.key(), task.id()),
                cause);
    }

    static SoraException cancelled(DownloadFile file, VideoTask task) {
        return new WaitParkedException(
                "The download of the " + file.label() + " of task " + task.id()
                        + " was cancelled because the routes stop or are suspended. The video was paid for and is still at the"
                        + " service: download it again, do not remix again.",
                About.accepted(task.key(), task.id()),
                null);
    }
}
