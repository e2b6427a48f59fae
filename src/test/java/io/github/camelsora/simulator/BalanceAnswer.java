package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answers of the two balance paths: the credits left of the account, and those used by the key or the account. */
final class BalanceAnswer {

    private static final int CREDITS_PER_USD = 200;

    private BalanceAnswer() {}

    static ObjectNode ofToken(Account account, String apiKey) {
        return of(account.remaining(), account.usedBy(apiKey));
    }

    static ObjectNode ofAccount(Account account) {
        return of(account.remaining(), account.used());
    }

    private static ObjectNode of(long remaining, long used) {
        boolean unlimited = remaining == ToApisSimulator.UNLIMITED;
        return Json.object()
                .put("success", true)
                .put("remain_balance", unlimited ? -1.0 : (double) remaining / CREDITS_PER_USD)
                .put("used_balance", (double) used / CREDITS_PER_USD)
                .put("remain_credits", remaining)
                .put("used_credits", used)
                .put("credits_per_usd", CREDITS_PER_USD)
                .put("unlimited_quota", unlimited);
    }
}
