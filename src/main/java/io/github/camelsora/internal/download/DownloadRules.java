package io.github.camelsora.internal.download;

import io.github.camelsora.api.FileExist;
import java.time.Duration;
import java.util.List;

/**
 * Under what limits files are fetched, and how they are stored.
 *
 * @param isHttpAllowed whether an address may be unencrypted
 * @param allowedHosts the hosts that files may lie on, {@code *.example.com} for all below one; empty for any
 * @param maxFileSize how many bytes a file may have
 * @param minimumBytesPerSecond how many bytes have to come a second, over 30 seconds; 0 for any
 * @param timeout how long a download may take, with its retries
 * @param fileExist what to do when the file is there
 * @param keepBroken whether a file that is broken is kept beside its name
 */
public record DownloadRules(
        boolean isHttpAllowed,
        List<String> allowedHosts,
        long maxFileSize,
        long minimumBytesPerSecond,
        Duration timeout,
        FileExist fileExist,
        boolean keepBroken) {

    /**
     * How many bytes the name of a file may get more than it has, when it is stored under these rules.
     *
     * @return the number, 0 where nothing is ever added
     */
    public int longestSuffix() {
        int broken = keepBroken ? Publication.BROKEN_END.length() : 0;
        int number = fileExist == FileExist.Rename ? Publication.LONGEST_NUMBER.length() : 0;
        return Math.max(broken, number);
    }
}
