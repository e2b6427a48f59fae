package io.github.camelsora.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.internal.download.AddressRules;

/** Searches for addresses and redirects that lead to a forbidden host. */
class AddressFuzz {
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void anAddressNeverLeadsToAForbiddenHost(FuzzedDataProvider data) {
        AddressRules.check(data.consumeRemainingAsString());
    }
}
