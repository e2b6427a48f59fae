package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import io.github.camelsora.internal.download.FileTarget;
import io.github.camelsora.internal.download.format.FileKind;
import java.util.List;

/**
 * One file of a task to download, and where to store it.
 *
 * @param index the index of the video in the task
 * @param isLastFrame whether to download the image of the video's last frame instead
 * @param target where to store it
 */
record DownloadFile(int index, boolean isLastFrame, FileTarget target) {

    /** The address of the file; null when the task has none. */
    static String address(VideoTask task, int index, boolean isLastFrame) {
        List<Video> videos = task.videos();
        if (index < videos.size()) {
            Video video = videos.get(index);
            return isLastFrame ? video.lastFrameUrl() : video.url();
        }
        return index == 0 && !isLastFrame ? task.videoUrl() : null;
    }

    String address(VideoTask task) {
        return address(task, index, isLastFrame);
    }

    FileKind kind() {
        return isLastFrame ? FileKind.IMAGE : FileKind.VIDEO;
    }

    /** A name for the content, independent of its address. */
    String contentOf(String taskId) {
        return taskId + "/" + index + (isLastFrame ? "/last-frame" : "");
    }

    /** The noun for a message. */
    String label() {
        String video = index == 0 ? "video" : "video " + index;
        return isLastFrame ? "last frame of the " + video : video;
    }
}
