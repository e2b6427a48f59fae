package io.github.camelsora.internal.download;

import io.github.camelsora.api.FileExist;
import java.time.Duration;
import java.util.List;

/**
 * The limits under which files are fetched, and how they are stored.
 *
 * @param isHttpAllowed whether addresses may be http, not only https
 * @param allowedHosts the hosts that files may be fetched from, {@code *.example.com} for all subdomains; empty for any
 * @param maxFileSize the largest file in bytes
 * @param minimumBytesPerSecond the slowest transfer, measured over 30 seconds; 0 for no limit
 * @param timeout how long a download may take, retries included
 * @param fileExist what to do when the file exists
 * @param keepBroken whether an incomplete or corrupt file is kept as {@code <fileName>.broken}
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
     * The longest suffix that storing under these rules may add to a file's name.
     *
     * @return its length in bytes, 0 when nothing is ever added
     */
    public int longestSuffix() {
        int broken = keepBroken ? Publication.BROKEN_END.length() : 0;
        int number = fileExist == FileExist.Rename ? Publication.LONGEST_NUMBER.length() : 0;
        return Math.max(broken, number);
    }
}
