package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.api.VideoTask.Video;
import io.github.camelsora.internal.download.FileTarget;
import io.github.camelsora.internal.download.format.FileKind;
import java.util.List;

/**
 * One file of a task, and where it is to lie.
 *
 * @param index which video of the task it is, or is of
 * @param isLastFrame whether it is the image of that video's last frame
 * @param target where it is to lie
 */
record DownloadFile(int index, boolean isLastFrame, FileTarget target) {

    /** Where the service has it; null when it has not. */
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

    /** A name for its content, wherever it lies. */
    String contentOf(String taskId) {
        return taskId + "/" + index + (isLastFrame ? "/last-frame" : "");
    }

    /** What to call it in a sentence. */
    String label() {
        String video = index == 0 ? "video" : "video " + index;
        return isLastFrame ? "last frame of the " + video : video;
    }
}
