package io.github.camelsora.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.internal.download.NameRules;

/** Searches for file names and ids that leave their directory. */
class NameFuzz {
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void aNameStaysInItsDirectory(FuzzedDataProvider data) {
        String name = data.consumeRemainingAsString();
        NameRules.checkName(name);
        NameRules.checkId(name);
    }
}
