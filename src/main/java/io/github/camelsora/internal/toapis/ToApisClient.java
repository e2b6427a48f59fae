package io.github.camelsora.internal.toapis;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.Balance;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Speaks to the service for one payer. Calls block for one round trip. Those about tasks answer in words instead of
 * throwing, since each failure means something else for money. Thread-safe.
 *
 * @param base where the service is; the key is sent nowhere else
 * @param apiKey the key of the payer
 * @param submits sends what is paid for: never repeats, never reuses a connection
 * @param queries sends what is free
 */
public record ToApisClient(BaseUrl base, String apiKey, HttpClient submits, HttpClient queries) {

    /**
     * Sends a paid request, once.
     *
     * @param request what to make
     * @param key our key of the task, for messages
     * @param wireKey the key that travels with the request; null for none
     * @param callbackUrl where the service shall tell of the end; null for where its console says
     * @return what became of it
     */
    public SubmitAnswer submit(SubmitRequest request, String key, String wireKey, String callbackUrl) {
        HttpPost post;
        try {
            post = new HttpPost(request.address(base));
        } catch (IllegalArgumentException e) {
            About about = new About(SubmitOutcome.NOT_SENT, key, null);
            return new SubmitAnswer.Rejected(new BadRequestException(
                    "The video id cannot be used: " + e.getMessage() + ". Nothing was sent.", about, e));
        }
        byte[] body = request.body(wireKey, callbackUrl).getBytes(StandardCharsets.UTF_8);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        HttpClientContext context = HttpClientContext.create();
        try {
            return SubmitAnswerReader.read(execute(submits, post, context), key, base, apiKey);
        } catch (IOException | RuntimeException e) {
            // Everything up to the finished TLS handshake is harmless; from the first byte on nothing is known.
            return PlainClient.hasBegunToWrite(context)
                    ? new SubmitAnswer.Unknown("the connection failed before an answer came: " + describe(e), e)
                    : new SubmitAnswer.NotSent(
                            "no connection to " + base + " could be made: " + describe(e), false, null, e);
        }
    }

    /**
     * Asks for a task.
     *
     * @param taskId the service's id, or our key where the service looks tasks up by it
     * @return what became of the question
     */
    public QueryAnswer query(String taskId) {
        HttpGet get;
        try {
            get = new HttpGet(base.resolve("v1", "videos", "generations", taskId));
        } catch (IllegalArgumentException e) {
            return QueryAnswerReader.notSent(e.getMessage(), taskId, e);
        }
        try {
            WireAnswer answer = execute(queries, get, HttpClientContext.create());
            return QueryAnswerReader.read(answer.withoutSecret(apiKey), taskId, base);
        } catch (IOException | RuntimeException e) {
            return QueryAnswerReader.unreachable(describe(e), taskId, e);
        }
    }

    /**
     * Asks what is left to pay with. Costs nothing.
     *
     * @return the balance of the API key
     * @throws SoraException if the service does not tell
     */
    public Balance balance() {
        WireAnswer answer;
        try {
            URI address = base.resolve("v1", "balance");
            answer = execute(queries, new HttpGet(address), HttpClientContext.create());
        } catch (IOException | RuntimeException e) {
            throw BalanceReader.unavailable("The service could not be asked for the balance: " + describe(e) + ".", e);
        }
        return BalanceReader.read(answer.withoutSecret(apiKey));
    }

    private WireAnswer execute(HttpClient client, HttpUriRequestBase request, HttpClientContext context)
            throws IOException {
        request.setHeader("Authorization", "Bearer " + apiKey);
        request.setHeader("Accept", "application/json");
        CallDeadline deadline = CallDeadline.of(request, context);
        WireAnswer answer;
        try {
            answer = client.execute(request, context, response -> {
                try {
                    return WireAnswer.read(response);
                } catch (IOException e) {
                    // Otherwise the client would read on to the end of an answer that may have none.
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
            // An answer to a request that never left is not the service's.
            throw new ConnectException("a proxy refused the connection with HTTP " + answer.status());
        }
        return answer;
    }

    private static IOException timedOut(Duration passed, HttpClientContext context, Exception cause) {
        String what = PlainClient.hasBegunToWrite(context)
                ? "no whole answer came within responseTimeout"
                : "no connection stood in time";
        return new IOException(what + " (" + passed.toMillis() + " ms)", cause);
    }

    private String describe(Exception e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Redaction.of(reason, apiKey);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ToApisClient[" + base + "]";
    }
}
