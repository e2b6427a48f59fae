package io.github.camelsora.internal.runtime.settings;

import io.github.camelsora.api.ModelCheck;
import io.github.camelsora.api.StorePrompt;
import java.time.Duration;

/**
 * What is asked of a submit before it is paid, and how long an exchange waits for it.
 *
 * @param validateRequest whether the request is checked against the limits of its model
 * @param modelCatalog a resource with models of the user; null for none
 * @param modelCheck what happens with a model that the service does not list for the account
 * @param dryRun whether a submit only says what it would do
 * @param waitForCompletion whether the exchange waits for the end of the task
 * @param requireRequestKey whether a submit needs a key of the user
 * @param sendRequestKey whether the key travels with the request
 * @param callbackUrl where the service sends its webhooks; null for where its console says
 * @param storePrompt what the ledger stores of a prompt
 * @param minimumCredits how many credits must be left; 0 for any
 * @param balanceCacheTime how long a balance is cached
 * @param submitTimeout from the call to the acceptance
 * @param recoveryTimeout how long an exchange waits for a lost submit
 * @param completionTimeout from the acceptance to the end of the wait
 */
public record SubmitSettings(
        boolean validateRequest,
        String modelCatalog,
        ModelCheck modelCheck,
        boolean dryRun,
        boolean waitForCompletion,
        boolean requireRequestKey,
        boolean sendRequestKey,
        String callbackUrl,
        StorePrompt storePrompt,
        long minimumCredits,
        Duration balanceCacheTime,
        Duration submitTimeout,
        Duration recoveryTimeout,
        Duration completionTimeout) {

    public SubmitSettings {
        if (callbackUrl != null && !callbackUrl.matches("(?i)https?://[^/?#\\s]+\\S*")) {
            throw new IllegalArgumentException("callbackUrl must be an address that the service can reach, such as"
                    + " https://example.com/hooks/sora, not '" + callbackUrl + "'");
        }
        OptionRules.atLeast("minimumCredits", 0, minimumCredits);
        OptionRules.notNegative("balanceCacheTime", balanceCacheTime, "asks before each submit");
        OptionRules.longerThanZero("submitTimeout", submitTimeout);
        OptionRules.longerThanZero("recoveryTimeout", recoveryTimeout);
        OptionRules.longerThanZero("completionTimeout", completionTimeout);
    }
}
