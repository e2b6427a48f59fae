package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;

/** What ends a pause, as a sentence. */
public final class PauseRemedy {
    private PauseRemedy() {}

    public static String of(AccountPause pause) {
        return switch (pause.cause()) {
            case OPERATOR -> "An operator ends the pause (resume).";
            case KEY_REJECTED ->
                "The pause ends when apiKey holds another key, when the service accepts this key again, for which the balance is"
                        + " queried once a minute, or when an operator resumes the account.";
            case NO_CREDITS ->
                "The pause ends when the balance, which is queried once a minute, "
                        + (pause.credits() == null
                                ? "is positive"
                                : "covers the submit (" + pause.credits().toPlainString() + " credits)")
                        + ", when apiKey holds another key, or when an operator resumes the account.";
        };
    }
}
