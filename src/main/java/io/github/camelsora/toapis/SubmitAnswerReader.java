package io.github.camelsora.toapis;

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
 * 429; 503 rate_limit_unavailable                       NOT_SENT
 * no connection (see {@link ToApisClient#submit})       NOT_SENT
 * all else: 3xx, 408, 409, other 4xx, 5xx, cut,
 * timeout, 2xx without an id or unreadable              UNKNOWN
 * </pre>
 */
final class SubmitAnswerReader {
    /** The service's word for: the limiter of submits is down, and nothing was accepted. */
    private static final String LIMITER_DOWN = "rate_limit_unavailable";

    private SubmitAnswerReader() {}

    static SubmitAnswer read(WireAnswer answer, String key, BaseUrl base) {
        if (answer.isSuccess()) {
            return readSuccess(answer, key, base);
        }
        ApiError error = ApiError.ofBody(answer.body());
        return switch (answer.status()) {
            case 400, 401, 402, 403, 404, 405, 413, 415, 422 ->
                new SubmitAnswer.Rejected(rejection(answer.status(), error, key));
            case 429 -> new SubmitAnswer.NotSent(said(answer, error), true, answer.retryAfter(), null);
            case 503 ->
                LIMITER_DOWN.equals(ApiError.ownCode(answer.body()))
                        ? new SubmitAnswer.NotSent(said(answer, error), false, answer.retryAfter(), null)
                        : new SubmitAnswer.Unknown(said(answer, error), null);
            default -> new SubmitAnswer.Unknown(said(answer, error), null);
        };
    }

    private static SubmitAnswer readSuccess(WireAnswer answer, String key, BaseUrl base) {
        return Json.readObject(answer.body())
                .flatMap(json -> TaskReader.read(json, base))
                .<SubmitAnswer>map(task -> new SubmitAnswer.Accepted(task.withKey(key)))
                .orElseGet(() -> new SubmitAnswer.Unknown(
                        "the service answered HTTP " + answer.status() + " without a task id that could be read",
                        null));
    }

    private static String said(WireAnswer answer, ApiError error) {
        return "the service answered HTTP " + answer.status() + ": " + error;
    }

    private static SoraException rejection(int status, ApiError error, String key) {
        About about = new About(SubmitOutcome.REJECTED, key, null);
        String refused = "The service refused the request (HTTP " + status + "): " + error + ". Nothing was paid. ";
        return switch (status) {
            case 401 -> new AuthenticationException(refused + "Check the apiKey of this endpoint.", about, null);
            case 402 -> new InsufficientCreditsException(refused + "Add credits to the account.", about, null);
            case 403 ->
                isAboutCredits(error)
                        ? new InsufficientCreditsException(refused + "Add credits to the account.", about, null)
                        : new AuthenticationException(
                                refused + "Check what the apiKey of this endpoint may do.", about, null);
            case 404 ->
                new TaskNotFoundException(
                        refused + "Check the video id: a source that is private, of another user or of another "
                                + "gateway cannot be remixed.",
                        about,
                        null);
            case 422 -> new ContentRefusedException(refused + "Change the prompt or the source.", about, null);
            default -> new BadRequestException(refused + hintFor(error), about, null);
        };
    }

    private static boolean isAboutCredits(ApiError error) {
        return Optional.ofNullable(error.code())
                .filter(c -> c.contains("quota"))
                .isPresent();
    }

    private static String hintFor(ApiError error) {
        return error.message() != null && error.message().contains(SubmitRequest.KEY_FIELD)
                ? "It names " + SubmitRequest.KEY_FIELD
                        + ", in which our key travels: sendRequestKey=false leaves it out."
                : "Correct the request.";
    }
}
