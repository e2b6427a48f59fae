package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads of the pauses of accounts: one warning when a pause begins, and one line when it ends. */
final class PauseLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccountPauses.class);

    private static final String REST = " Running tasks are polled, downloaded and delivered as before.";

    private PauseLog() {}

    static void began(AccountPause pause) {
        if (pause.isByOperator()) {
            LOG.warn(
                    "An operator has paused account '{}' (at {}): {}. Its new submits wait until their submitTimeout, and go on"
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

    static void ended(AccountPause pause, String why) {
        LOG.info(
                "Account '{}' is no longer paused (it was since {}): {}. Its submits go on",
                pause.account(),
                pause.pausedAt(),
                why);
    }
}
