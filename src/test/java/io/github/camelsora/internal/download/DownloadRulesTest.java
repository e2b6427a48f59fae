package io.github.camelsora.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.api.FileExist;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the suffix may be that storing adds to a name. */
class DownloadRulesTest {

    @ParameterizedTest
    @CsvSource({"Override, false, 0", "Fail, false, 0", "Rename, false, 6", "Override, true, 7", "Rename, true, 7"})
    void theLongestSuffixIsThatOfABrokenFileElseThatOfANumberedOne(
            FileExist fileExist, boolean keepBroken, int suffix) {
        DownloadRules rules = new DownloadRules(false, List.of(), 1, 0, Duration.ofMinutes(1), fileExist, keepBroken);

        assertThat(rules.longestSuffix()).isEqualTo(suffix);
    }
}
