package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.api.FileExist;
import io.github.camelsora.internal.download.DownloadRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Which files are downloaded, under what limits, and how they are stored.
 *
 * @param videoIndex which video: a number from 0, or {@code all}
 * @param lastFrame whether the image of the last frame
 * @param fileExist what to do when the file is there
 * @param keepBroken whether a file that is broken is kept beside its name
 * @param timeout how long a download may take, with its retries
 * @param maxFileSize how many bytes a file may have
 * @param minimumBytesPerSecond the slowest rate; 0 for any
 * @param allowedHosts the hosts that files may be on; empty for any
 */
public record DownloadSettings(
        String videoIndex,
        boolean lastFrame,
        FileExist fileExist,
        boolean keepBroken,
        Duration timeout,
        long maxFileSize,
        long minimumBytesPerSecond,
        List<String> allowedHosts) {

    private static final String ALL = "all";
    private static final String FIRST = "0";

    public DownloadSettings {
        videoIndex = videoIndex == null ? FIRST : videoIndex.strip().toLowerCase(Locale.ROOT);
        if (!videoIndex.equals(ALL) && !videoIndex.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("videoIndex must be a number from 0, or all, not '" + videoIndex + "'");
        }
        OptionRules.hasValue("fileExist", fileExist);
        OptionRules.longerThanZero("downloadTimeout", timeout);
        OptionRules.atLeast("maxFileSize", 1, maxFileSize);
        OptionRules.atLeast("minimumBytesPerSecond", 0, minimumBytesPerSecond);
        allowedHosts = List.copyOf(allowedHosts);
        allowedHosts.forEach(DownloadSettings::checkHost);
    }

    private static void checkHost(String host) {
        if (host.contains("/")) {
            throw new IllegalArgumentException(
                    "allowedHosts must be names of hosts, such as cdn.example.com or *.example.com, not '" + host
                            + "'");
        }
    }

    /** Tells whether all videos of a task are downloaded. */
    public boolean isAll() {
        return videoIndex.equals(ALL);
    }

    /** Which video is downloaded, counted from 0; also 0 for all. */
    public int index() {
        return isAll() ? 0 : Integer.parseInt(videoIndex);
    }

    /**
     * The rules of downloads from a service.
     *
     * @param isHttpAllowed whether an address may be unencrypted
     */
    public DownloadRules rules(boolean isHttpAllowed) {
        return new DownloadRules(
                isHttpAllowed, allowedHosts, maxFileSize, minimumBytesPerSecond, timeout, fileExist, keepBroken);
    }
}
