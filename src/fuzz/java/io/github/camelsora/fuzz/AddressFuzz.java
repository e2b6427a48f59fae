package io.github.camelsora.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.internal.download.AddressRules;

/** Looks for addresses and redirects that lead where nobody may go. */
class AddressFuzz {
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void anAddressLeadsNobodyAstray(FuzzedDataProvider data) {
        AddressRules.check(data.consumeRemainingAsString());
    }
}
