package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.internal.toapis.SubmitAnswer.NotAccepted.Kind;
import java.util.Optional;

/**
 * Decides what an answer to a submit means. This table keeps the promise never to pay twice: a submit that is not known to be
 * rejected or not accepted counts as possibly accepted, and is never sent again.
 *
 * <pre>
 * 2xx with an id                                        ACCEPTED
 * 400 401 402 403 404 405 413 415 422, any body         REJECTED
 * the same about an API key that was replaced since     NOT_SENT, sent again
 *     (see {@link ToApisClient#submit})
 * 429 that says that there are no credits               REJECTED
 * other 429; 503 rate_limit_unavailable                 NOT_SENT, sent again
 * no connection (see {@link ToApisClient#submit})       NOT_SENT, sent again
 * all else: 3xx, 408, 409, other 4xx, 5xx, cut,
 * timeout, 2xx without an id or unreadable              UNKNOWN
 * </pre>
 */
final class SubmitAnswerReader {
    /** The service's code for: its rate limiter is down, and nothing was accepted. */
    private static final String LIMITER_DOWN = "rate_limit_unavailable";

    private SubmitAnswerReader() {}

    /**
     * Reads an answer.
     *
     * @param answer the answer as it came
     * @param key our key of the task
     * @param base the service that answered
     * @param apiKey the API key, which is removed from messages; null for none
     * @param prompt the prompt, which is removed from messages, because they are logged; null for none
     */
    static SubmitAnswer read(WireAnswer answer, String key, BaseUrl base, String apiKey, String prompt) {
        // An answer of success is read unredacted: a changed byte could lose the paid task's id.
        return accepted(answer, key, base)
                .orElseGet(() -> otherwise(answer.withoutSecret(apiKey).withoutPrompt(prompt), key, apiKey));
    }

    private static Optional<SubmitAnswer> accepted(WireAnswer answer, String key, BaseUrl base) {
        return Optional.of(answer)
                .filter(WireAnswer::isSuccess)
                .flatMap(success -> Json.readObject(success.body()))
                .flatMap(json -> TaskReader.read(json, base))
                .map(task -> new SubmitAnswer.Accepted(task.withKey(key)));
    }

    private static SubmitAnswer otherwise(WireAnswer answer, String key, String apiKey) {
        return switch (answer.status()) {
            case 400, 401, 402, 403, 404, 405, 413, 415, 422 -> rejected(answer, key, apiKey);
            case 429 ->
                // Waiting brings no credits, and the rate is not too high.
                ErrorKind.of(answer.body()) == ErrorKind.CREDITS
                        ? rejected(answer, key, apiKey)
                        : notAccepted(Kind.RATE_LIMITED, answer);
            case 503 ->
                LIMITER_DOWN.equals(ApiError.ownCode(answer.body()))
                        ? notAccepted(Kind.LIMITER_UNAVAILABLE, answer)
                        : new SubmitAnswer.Unknown(describe(answer), null);
            default -> new SubmitAnswer.Unknown(describe(answer), null);
        };
    }

    private static SubmitAnswer rejected(WireAnswer answer, String key, String apiKey) {
        SoraException reason = rejection(answer, key);
        Cause cause = reason instanceof InsufficientCreditsException
                ? Cause.NO_CREDITS
                : reason instanceof AuthenticationException && answer.isAboutKey() ? Cause.KEY_REJECTED : null;
        boolean isAboutKey = cause != null && apiKey != null;
        return new SubmitAnswer.Rejected(reason, isAboutKey ? new KeyProblem(cause, KeyFingerprint.of(apiKey)) : null);
    }

    private static SubmitAnswer notAccepted(Kind kind, WireAnswer answer) {
        return new SubmitAnswer.NotAccepted(kind, describe(answer), answer.retryAfter(), null);
    }

    private static String describe(WireAnswer answer) {
        return answer.isSuccess()
                ? "the service answered without a readable task id, " + answer.describe()
                : "the service answered " + answer.describe();
    }

    /** The words in the answer choose the exception; without a known word the status does. */
    private static SoraException rejection(WireAnswer answer, String key) {
        About about = new About(SubmitOutcome.REJECTED, key, null);
        String rejected = "The service rejected the request (" + answer.describe() + "). Nothing was paid. ";
        return switch (ErrorKind.of(answer.body())) {
            case CREDITS -> noCredits(rejected, about);
            case CONTENT -> contentRejected(rejected, about);
            case KEY -> new AuthenticationException(rejected + "Check the apiKey of this endpoint.", about, null);
            case MODEL ->
                new ModelUnavailableException(
                        rejected
                                + "Name another model: the service does not have this one, or the apiKey may not use it.",
                        about,
                        null);
            case TASK -> noSuchVideo(rejected, "", about);
            case REQUEST ->
                answer.status() == 422
                        ? new BadRequestException(rejected + hintFor(answer), about, null)
                        : byStatus(answer, rejected, about);
            case OTHER -> byStatus(answer, rejected, about);
        };
    }

    private static SoraException byStatus(WireAnswer answer, String rejected, About about) {
        return switch (answer.status()) {
            case 401 -> new AuthenticationException(rejected + "Check the apiKey of this endpoint.", about, null);
            case 402 -> noCredits(rejected, about);
            case 403 ->
                isAboutQuota(answer)
                        ? noCredits(rejected, about)
                        : new AuthenticationException(
                                rejected + "Check the permissions of this endpoint's apiKey.", about, null);
            case 404 -> noSuchVideo(rejected, " Check baseUrl, too: a wrong address gives the same answer.", about);
            case 405 ->
                new BadRequestException(
                        rejected + "Check baseUrl: this address does not accept this kind of request.", about, null);
            case 422 -> contentRejected(rejected, about);
            default -> new BadRequestException(rejected + hintFor(answer), about, null);
        };
    }

    private static SoraException noCredits(String rejected, About about) {
        return new InsufficientCreditsException(rejected + "Add credits to the account.", about, null);
    }

    private static SoraException contentRejected(String rejected, About about) {
        return new ContentRefusedException(rejected + "Change the prompt or the source.", about, null);
    }

    private static SoraException noSuchVideo(String rejected, String more, About about) {
        return new TaskNotFoundException(
                rejected
                        + "Check the video id: a source that is private, of another user or of another gateway cannot be"
                        + " remixed." + more,
                about,
                null);
    }

    private static boolean isAboutQuota(WireAnswer answer) {
        String code = ApiError.ofBody(answer.body()).code();
        return code != null && code.contains("quota");
    }

    private static String hintFor(WireAnswer answer) {
        String message = ApiError.ofBody(answer.body()).message();
        return message != null && message.contains(SubmitRequest.KEY_FIELD)
                ? "It names " + SubmitRequest.KEY_FIELD
                        + ", in which our key travels: sendRequestKey=false leaves it out."
                : "Correct the request.";
    }
}
