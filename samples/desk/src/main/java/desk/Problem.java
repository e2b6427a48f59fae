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
 * @param cure the action that ends it, or none
 * @param hint what to do in words; may be null
 * @param query the search that finds its tasks; null for none
 * @param sort how they are to be sorted
 */
public record Problem(
        String kind, String account, long count, String text, String cure, String hint, String query, String sort) {

    static Problem of(AccountPause pause, Console console) {
        String account = pause.account();
        String end = console.endOf(pause);
        return switch (pause.cause()) {
            case OPERATOR ->
                ofAccount(
                        "paused",
                        account,
                        "Account " + account + " is paused: " + pause.reason(),
                        "resume",
                        "New submits wait. " + end);
            case KEY_REJECTED ->
                ofAccount(
                        "keyRefused",
                        account,
                        "The key of account " + account + " is refused: " + pause.reason(),
                        "resume",
                        "New submits fail at once, unpaid. " + end);
            case NO_CREDITS ->
                ofAccount(
                        "noCredits",
                        account,
                        "Account " + account + " is out of credits: " + pause.reason(),
                        "resume",
                        "New submits fail at once, unpaid. " + end);
        };
    }

    static Problem ofAccount(String kind, String account, String text, String cure, String hint) {
        return new Problem(kind, account, 0, text, cure, hint, null, null);
    }

    static Problem ofTasks(
            String kind, long count, String text, String cure, String hint, TaskFilter tasks, String sort) {
        return new Problem(kind, tasks.account(), count, text, cure, hint, tasks.toString(), sort);
    }
}
