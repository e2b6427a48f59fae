package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskNotFoundException;
import java.util.Optional;

/**
 * Decides what an answer to a submit means. This table is the promise never to pay twice: whatever is not known to have
 * been refused or never sent counts as perhaps accepted.
 *
 * <pre>
 * 2xx with an id                                        ACCEPTED
 * 400 401 402 403 404 405 413 415 422, any body         REJECTED
 * 429 that says that there are no credits               REJECTED
 * other 429; 503 rate_limit_unavailable                 NOT_SENT
 * no connection (see {@link ToApisClient#submit})       NOT_SENT
 * all else: 3xx, 408, 409, other 4xx, 5xx, cut,
 * timeout, 2xx without an id or unreadable              UNKNOWN
 * </pre>
 */
final class SubmitAnswerReader {
    /** The service's word for: the limiter of submits is down, and nothing was accepted. */
    private static final String LIMITER_DOWN = "rate_limit_unavailable";

    private SubmitAnswerReader() {}

    /**
     * Reads an answer.
     *
     * @param answer the answer as it came
     * @param key our key of the task
     * @param base where it came from
     * @param apiKey what must not be repeated in words; null for none
     */
    static SubmitAnswer read(WireAnswer answer, String key, BaseUrl base, String apiKey) {
        // A success stays as it is: money hangs on each of its bytes.
        return accepted(answer, key, base).orElseGet(() -> notAccepted(answer.withoutSecret(apiKey), key));
    }

    private static Optional<SubmitAnswer> accepted(WireAnswer answer, String key, BaseUrl base) {
        return Optional.of(answer)
                .filter(WireAnswer::isSuccess)
                .flatMap(success -> Json.readObject(success.body()))
                .flatMap(json -> TaskReader.read(json, base))
                .map(task -> new SubmitAnswer.Accepted(task.withKey(key)));
    }

    private static SubmitAnswer notAccepted(WireAnswer answer, String key) {
        return switch (answer.status()) {
            case 400, 401, 402, 403, 404, 405, 413, 415, 422 -> new SubmitAnswer.Rejected(rejection(answer, key));
            case 429 ->
                // Waiting brings no credits, and the others are not too fast.
                ErrorKind.of(answer.body()) == ErrorKind.CREDITS
                        ? new SubmitAnswer.Rejected(rejection(answer, key))
                        : new SubmitAnswer.NotSent(describe(answer), true, answer.retryAfter(), null);
            case 503 ->
                LIMITER_DOWN.equals(ApiError.ownCode(answer.body()))
                        ? new SubmitAnswer.NotSent(describe(answer), false, answer.retryAfter(), null)
                        : new SubmitAnswer.Unknown(describe(answer), null);
            default -> new SubmitAnswer.Unknown(describe(answer), null);
        };
    }

    private static String describe(WireAnswer answer) {
        return answer.isSuccess()
                ? "the service answered without a task id that could be read, " + answer.describe()
                : "the service answered " + answer.describe();
    }

    /** The words choose the exception; where they do not say, the number does. */
    private static SoraException rejection(WireAnswer answer, String key) {
        About about = new About(SubmitOutcome.REJECTED, key, null);
        String refused = "The service refused the request (" + answer.describe() + "). Nothing was paid. ";
        return switch (ErrorKind.of(answer.body())) {
            case CREDITS -> noCredits(refused, about);
            case CONTENT -> contentRejected(refused, about);
            case KEY -> new AuthenticationException(refused + "Check the apiKey of this endpoint.", about, null);
            case TASK -> noSuchVideo(refused, "", about);
            case REQUEST ->
                answer.status() == 422
                        ? new BadRequestException(refused + hintFor(answer), about, null)
                        : byNumber(answer, refused, about);
            case OTHER -> byNumber(answer, refused, about);
        };
    }

    private static SoraException byNumber(WireAnswer answer, String refused, About about) {
        return switch (answer.status()) {
            case 401 -> new AuthenticationException(refused + "Check the apiKey of this endpoint.", about, null);
            case 402 -> noCredits(refused, about);
            case 403 ->
                isAboutQuota(answer)
                        ? noCredits(refused, about)
                        : new AuthenticationException(
                                refused + "Check what the apiKey of this endpoint may do.", about, null);
            case 404 ->
                noSuchVideo(refused, " Check baseUrl, too: another address than the service's says the same.", about);
            case 405 ->
                new BadRequestException(
                        refused + "Check baseUrl: this address takes no requests of this kind.", about, null);
            case 422 -> contentRejected(refused, about);
            default -> new BadRequestException(refused + hintFor(answer), about, null);
        };
    }

    private static SoraException noCredits(String refused, About about) {
        return new InsufficientCreditsException(refused + "Add credits to the account.", about, null);
    }

    private static SoraException contentRejected(String refused, About about) {
        return new ContentRefusedException(refused + "Change the prompt or the source.", about, null);
    }

    private static SoraException noSuchVideo(String refused, String more, About about) {
        return new TaskNotFoundException(
                refused
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
