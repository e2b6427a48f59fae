package io.github.camelsora.internal.camel.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.VideoTask;
import io.github.camelsora.support.SoraTestSupport;
import io.github.camelsora.support.VideoFiles;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users set the largest number that there is to mean for ever, or no limit. Where that is not refused, it works. */
class LargestValueRouteTest extends SoraTestSupport {
    private static final String FOR_EVER = "9223372036854775807";
    private static final String HUNDRED_YEARS = "36500d";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submitTimeout=" + FOR_EVER,
                "recoveryTimeout=" + FOR_EVER,
                "completionTimeout=" + FOR_EVER,
                "claimTimeout=" + FOR_EVER,
                "minimumCredits=1&balanceCacheTime=" + FOR_EVER,
                "trackingTimeout=" + HUNDRED_YEARS,
                "submitsPerSecond=1e300",
                "queriesPerSecond=Infinity",
                "submitsPerSecond=1e-300",
                "submitBurst=" + FOR_EVER,
                "rateGroup=default&queryBurst=" + FOR_EVER,
                "rateGroup=svip&submitBurst=1&queryBurst=1",
                "connectTimeout=" + HUNDRED_YEARS + "&responseTimeout=" + HUNDRED_YEARS
            })
    void aRemixEndsUnderIt(String option) throws Exception {
        sora().setLedgerFile(folder.resolve("ledger").toString());
        start();

        Exchange out = send("sora:remix?videoId=" + toApis.addSource() + "&" + option, "A puppy");

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isInstanceOf(VideoTask.class);
    }

    @Test
    void aLeaseLastsAsLong() throws Exception {
        sora().setLedgerFile(folder.resolve("ledger").toString());
        sora().setLeaseDuration(Duration.ofDays(36_500).toMillis());
        start();

        Exchange out = send("sora:remix?videoId=" + toApis.addSource(), "A puppy");

        assertThat(out.getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"downloadTimeout=" + FOR_EVER, "maxFileSize=" + FOR_EVER})
    void aDownloadEndsUnderIt(String option) throws Exception {
        toApis.video(VideoFiles.mp4(10_000, 1));
        start();

        Exchange out = send("sora:download?directory=" + folder + "&taskId=" + toApis.addSource() + "&" + option, null);

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isInstanceOf(File.class);
    }
}
