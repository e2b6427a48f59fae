package io.github.camelsora.internal.camel.download;

import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.download.FileTarget;
import io.github.camelsora.internal.runtime.settings.DownloadSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which files of a task to download, by the options {@code videoIndex} and {@code lastFrame}, and how to name them.
 *
 * @param index the index of the video; ignored when isAll
 * @param isAll whether to download all videos
 * @param isLastFrame whether to download the images of their last frames instead
 */
record DownloadSelection(int index, boolean isAll, boolean isLastFrame) {
    private static final Pattern END = Pattern.compile("\\.([A-Za-z0-9]{2,4})(?:\\?.*)?$");
    private static final Set<String> VIDEO_ENDS = Set.of("mp4", "mov", "webm", "mkv", "avi");
    private static final Set<String> IMAGE_ENDS = Set.of("png", "jpg", "jpeg", "webp", "gif", "avif");

    static DownloadSelection of(DownloadSettings settings) {
        return new DownloadSelection(settings.index(), settings.isAll(), settings.lastFrame());
    }

    /**
     * The files of a completed task.
     *
     * @param directory where to store them
     * @param name the name that the user gives; null to derive it from the task's id
     */
    List<DownloadFile> filesOf(VideoTask task, String directory, String name) {
        int count = Math.max(task.videos().size(), 1);
        List<DownloadFile> files = new ArrayList<>();
        for (int i : isAll ? IntStream.range(0, count).toArray() : new int[] {index}) {
            String address = DownloadFile.address(task, i, isLastFrame);
            if (address == null) {
                throw missing(task, i);
            }
            FileTarget target = FileTarget.of(directory, name, task.id(), extension(address));
            boolean isNumbered = i > 0 && (isAll || name == null);
            files.add(new DownloadFile(i, isLastFrame, isNumbered ? target.numbered(i) : target));
        }
        return files;
    }

    /** The extension of a derived name: that of the address if it is a usual one. */
    private String extension(String address) {
        Matcher end = END.matcher(address);
        String given = end.find() ? end.group(1).toLowerCase(Locale.ROOT) : "";
        boolean isUsual = (isLastFrame ? IMAGE_ENDS : VIDEO_ENDS).contains(given);
        return "." + (isUsual ? given : isLastFrame ? "png" : "mp4");
    }

    private DownloadFailedException missing(VideoTask task, int missing) {
        int count = task.videos().size();
        String reason = missing < count
                ? "the service gives no last frame for video " + missing
                : "it has " + count + (count == 1 ? " video" : " videos") + ", and they are counted from 0";
        return new DownloadFailedException(
                "Task " + task.id() + " does not have what videoIndex=" + missing
                        + (isLastFrame ? " and lastFrame" : "") + " select: " + reason
                        + ". It was paid for: do not remix again because of this.",
                About.seen(task),
                null);
    }
}
