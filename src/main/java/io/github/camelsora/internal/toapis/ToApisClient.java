package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.ModelInfo;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.internal.toapis.SubmitAnswer.NotAccepted.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * The client of the service for one account. Each call blocks for one round trip. Calls about tasks return their failures as
 * values, since each failure has another meaning for what was paid. Thread-safe.
 *
 * @param base the address of the service; the API key is sent nowhere else
 * @param apiKey the API key of the account
 * @param observer is notified of each call
 * @param submits the HTTP client of paid requests: no retries, no reused connections
 * @param queries the HTTP client of free requests
 */
public record ToApisClient(BaseUrl base, ApiKey apiKey, CallObserver observer, HttpClient submits, HttpClient queries) {

    /**
     * Sends a paid request, exactly once.
     *
     * @param request the request
     * @param key our key of the task, for messages
     * @param wireKey the key that travels with the request; null for none
     * @param callbackUrl where the service sends its webhook; null for the address that is set in its console
     * @param traceId the id of the trace that the request belongs to; null for none
     * @return the outcome
     */
    public SubmitAnswer submit(SubmitRequest request, String key, String wireKey, String callbackUrl, String traceId) {
        HttpPost post;
        try {
            post = new HttpPost(request.address(base));
        } catch (IllegalArgumentException e) {
            About about = new About(SubmitOutcome.NOT_SENT, key, null);
            return new SubmitAnswer.Rejected(
                    new BadRequestException(
                            "The video id cannot be used: " + e.getMessage() + ". Nothing was sent.", about, e),
                    null);
        }
        byte[] body = request.body(wireKey, callbackUrl, traceId).getBytes(StandardCharsets.UTF_8);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        HttpClientContext context = HttpClientContext.create();
        String used = apiKey.value();
        try {
            WireAnswer answer = execute(submits, post, context, used);
            SubmitAnswer read = SubmitAnswerReader.read(
                    answer, key, base, used, request.text("prompt").orElse(null));
            return answer.isAboutKey() ? replacedKey(read, used) : read;
        } catch (IOException | RuntimeException e) {
            // A failure before the TLS handshake has finished is harmless; after the first byte the outcome is unknown.
            return PlainClient.hasBegunToWrite(context)
                    ? new SubmitAnswer.Unknown("the connection failed before the answer: " + describe(e, used), e)
                    : new SubmitAnswer.NotAccepted(
                            Kind.NO_CONNECTION,
                            "no connection to " + base + " could be made: " + describe(e, used),
                            null,
                            e);
        }
    }

    /**
     * Reads the source of the API key again, which the service has rejected, unless that was done a moment ago.
     *
     * @return true when there is another key now
     */
    public boolean isKeyReplaced() {
        return apiKey.isReplaced(apiKey.value());
    }

    /** A request that was rejected because of a key that has been replaced can be sent again. */
    private SubmitAnswer replacedKey(SubmitAnswer answer, String used) {
        boolean isUnpaid = answer instanceof SubmitAnswer.Rejected rejected
                && rejected.reason() instanceof AuthenticationException;
        return isUnpaid && apiKey.isReplaced(used)
                ? new SubmitAnswer.NotAccepted(
                        Kind.KEY_REPLACED,
                        "the service rejected the API key, which has been replaced since",
                        null,
                        ((SubmitAnswer.Rejected) answer).reason())
                : answer;
    }

    /**
     * Queries a task.
     *
     * @param taskId the service's id, or the wire key where the service finds tasks by it
     * @return the outcome of the query
     */
    public QueryAnswer query(String taskId) {
        URI address;
        try {
            address = base.resolve("v1", "videos", "generations", taskId);
        } catch (IllegalArgumentException e) {
            return QueryAnswerReader.notSent(e.getMessage(), taskId, e);
        }
        String used = apiKey.value();
        try {
            WireAnswer answer = get(address, used);
            if (answer.isAboutKey() && apiKey.isReplaced(used)) {
                used = apiKey.value();
                answer = get(address, used);
            }
            return QueryAnswerReader.read(answer.withoutSecret(used), taskId, base, used);
        } catch (IOException | RuntimeException e) {
            return QueryAnswerReader.unavailable(describe(e, used), taskId, e);
        }
    }

    private WireAnswer get(URI address, String used) throws IOException {
        return execute(queries, new HttpGet(address), HttpClientContext.create(), used);
    }

    /**
     * Queries the balance. Costs nothing.
     *
     * @return the balance of the API key
     * @throws SoraException if the service does not answer with a balance
     */
    public Balance balance() {
        return query(base.resolve("v1", "balance"), BalanceReader.QUERY);
    }

    /**
     * Queries which video models the API key may use. Costs nothing.
     *
     * @return the models; without a type the service would name those for texts
     * @throws SoraException if the service does not answer with a list of models
     */
    public List<ModelInfo> models() {
        return query(URI.create(base.resolve("v1", "models") + "?type=video"), ModelListReader.QUERY);
    }

    private <T> T query(URI address, AccountQuery<T> query) {
        String used = apiKey.value();
        try {
            WireAnswer answer = get(address, used);
            if (query.mayBeAboutKey(answer) && apiKey.isReplaced(used)) {
                used = apiKey.value();
                answer = get(address, used);
            }
            return query.read(answer.withoutSecret(used));
        } catch (SoraException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw query.unavailable(describe(e, used), e);
        }
    }

    private WireAnswer execute(HttpClient client, HttpUriRequestBase request, HttpClientContext context, String key)
            throws IOException {
        try {
            WireAnswer answer = exchange(client, request, context, key);
            if (answer.isFromGateway()) {
                observer.unanswered("a gateway answered in its place with HTTP " + answer.status());
            } else {
                observer.answered();
            }
            return answer;
        } catch (IOException e) {
            observer.unanswered(describe(e, key));
            throw e;
        }
    }

    private WireAnswer exchange(HttpClient client, HttpUriRequestBase request, HttpClientContext context, String key)
            throws IOException {
        request.setHeader("Authorization", "Bearer " + key);
        request.setHeader("Accept", "application/json");
        CallDeadline deadline = CallDeadline.of(request, context);
        WireAnswer answer;
        try {
            answer = client.execute(request, context, response -> {
                try {
                    return WireAnswer.read(response);
                } catch (IOException e) {
                    // Otherwise the client would read the answer to its end, and it may be endless.
                    request.cancel();
                    throw e;
                }
            });
        } catch (IOException | RuntimeException e) {
            if (deadline.exceededLimit() == null) {
                throw e;
            }
            throw timedOut(deadline.exceededLimit(), context, e);
        } finally {
            deadline.complete();
        }
        if (!PlainClient.hasBegunToWrite(context)) {
            // An answer to a request that was never sent comes from a proxy, not from the service.
            throw new ConnectException("a proxy refused the connection with HTTP " + answer.status());
        }
        return answer;
    }

    private static IOException timedOut(Duration passed, HttpClientContext context, Exception cause) {
        String what = PlainClient.hasBegunToWrite(context)
                ? "no complete answer within responseTimeout"
                : "no connection in time";
        return new IOException(what + " (" + passed.toMillis() + " ms)", cause);
    }

    private static String describe(Exception e, String key) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Redaction.of(reason, key);
    }

    /** Without the API key. */
    @Override
    public String toString() {
        return "ToApisClient[" + base + "]";
    }
}
