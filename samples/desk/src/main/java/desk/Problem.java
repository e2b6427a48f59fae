package desk;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.TaskFilter;

/**
 * Something that is wrong.
 *
 * @param kind what it is, for the page
 * @param account the account; null for all
 * @param count how many tasks it is about; 0 when it is about an account
 * @param text it in words
 * @param cure the action that ends it, {@code resume} or {@code release}; null for none that the page offers beside it
 * @param hint what to do in words; may be null
 * @param query the search that finds its tasks; null for none
 * @param sort how they are to be sorted
 */
public record Problem(
        String kind, String account, long count, String text, String cure, String hint, String query, String sort) {

    static Problem of(AccountPause pause, Console console) {
        return switch (pause.cause()) {
            case OPERATOR -> ofPause("paused", "Account %s is paused", "New submits wait.", pause, console);
            case KEY_REJECTED ->
                ofPause(
                        "keyRejected",
                        "The key of account %s is rejected",
                        "New submits fail at once, unpaid.",
                        pause,
                        console);
            case NO_CREDITS ->
                ofPause(
                        "noCredits",
                        "Account %s is out of credits",
                        "New submits fail at once, unpaid.",
                        pause,
                        console);
        };
    }

    private static Problem ofPause(String kind, String text, String effect, AccountPause pause, Console console) {
        return ofAccount(
                kind,
                pause.account(),
                text.formatted(pause.account()) + ": " + pause.reason(),
                "resume",
                effect + " " + console.endOf(pause));
    }

    static Problem ofAccount(String kind, String account, String text, String cure, String hint) {
        return new Problem(kind, account, 0, text, cure, hint, null, null);
    }

    static Problem ofTasks(
            String kind, long count, String text, String cure, String hint, TaskFilter tasks, String sort) {
        return new Problem(kind, tasks.account(), count, text, cure, hint, tasks.toString(), sort);
    }
}
