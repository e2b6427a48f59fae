package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads of the pauses of accounts: one warning when a pause begins, and one line when it ends. */
public final class PauseLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccountPauses.class);

    private static final String REST = " Running tasks are polled, downloaded and delivered as before.";

    private PauseLog() {}

    static void began(AccountPause pause) {
        if (pause.isByOperator()) {
            LOG.warn(
                    "An operator has paused account '{}' ({}): {}. Its new submits wait until their submitTimeout, and go on"
                            + " when an operator resumes it." + REST,
                    pause.account(),
                    pause.actor(),
                    pause.reason());
        } else {
            LOG.warn(
                    "Account '{}' at {} is paused ({}): {} New submits with this API key fail at once, in each JVM, and nothing"
                            + " is paid for them. {}" + REST,
                    pause.account(),
                    pause.baseUrl(),
                    pause.cause(),
                    pause.reason(),
                    PauseRemedy.of(pause));
        }
    }

    /**
     * Warns of a pause that may be of a mistyped account. It is not refused, because another JVM may use the account.
     *
     * @param account the account that an operator has paused
     * @param used the accounts that this JVM uses
     */
    public static void warnUnlessUsed(String account, Set<String> used) {
        if (!used.contains(account)) {
            LOG.warn(
                    "Account '{}' is paused, but this JVM uses no such account, only {}: none of its submits waits. If no other"
                            + " JVM uses it either, the name is mistyped: resume it, and pause the right one",
                    account,
                    String.join(", ", used));
        }
    }

    static void ended(AccountPause pause, String why, Stream<AccountPause> others) {
        String stillHolding = others.map(PauseLog::named).collect(Collectors.joining("; "));
        if (stillHolding.isEmpty()) {
            LOG.info(
                    "Account '{}' is no longer paused ({}): {}. Its submits go on", pause.account(), named(pause), why);
        } else {
            LOG.info(
                    "A pause of account '{}' has ended ({}): {}. The account stays paused ({})",
                    pause.account(),
                    named(pause),
                    why,
                    stillHolding);
        }
    }

    private static String named(AccountPause pause) {
        return pause.cause() + " since " + pause.pausedAt() + (pause.isByOperator() ? "" : " at " + pause.baseUrl());
    }
}
