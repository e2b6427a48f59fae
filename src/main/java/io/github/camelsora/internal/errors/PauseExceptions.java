package io.github.camelsora.internal.errors;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPausedException;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.pause.PauseRemedy;

/** The exceptions with which a submit fails because its account is paused. */
public final class PauseExceptions {
    private PauseExceptions() {}

    /** A submit was not sent because of a pause; under that of an operator, until its deadline. */
    public static SoraException paused(TaskKey key, AccountPause pause) {
        About about = new About(SubmitOutcome.NOT_SENT, key.key(), null);
        String account = account(pause);
        String end = " Nothing was sent and nothing was paid; it is safe to send it again. " + PauseRemedy.of(pause);
        return switch (pause.cause()) {
            case OPERATOR ->
                new AccountPausedException(
                        "The request (key " + key.key() + ") was not sent within submitTimeout: " + account
                                + byOperator(pause) + "." + end,
                        about,
                        pause);
            case KEY_REJECTED ->
                new AuthenticationException(
                        notSent(key) + account + ", because the service rejected its API key." + end, about, null);
            case NO_CREDITS ->
                new InsufficientCreditsException(
                        notSent(key) + account + ", because it has too few credits." + end, about, null);
        };
    }

    /** What a submit would do under the pause of an operator. */
    public static String wouldWait(AccountPause pause) {
        return "It would wait until submitTimeout: " + account(pause) + byOperator(pause) + ". "
                + PauseRemedy.of(pause);
    }

    private static String account(AccountPause pause) {
        return "account '" + pause.account() + "' is paused since " + pause.pausedAt();
    }

    private static String byOperator(AccountPause pause) {
        return ", by an operator (" + pause.actor() + "): " + pause.reason();
    }

    private static String notSent(TaskKey key) {
        return "The request (key " + key.key() + ") was not sent: ";
    }
}
