package io.github.camelsora.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends events. It blocks no thread, follows no redirect and repeats no request. */
final class WebhookClient implements AutoCloseable {

    /** The outcome of a request: the HTTP status, or 0 and the reason. */
    record Outcome(int status, String problem) {
        boolean isAccepted() {
            return status >= 200 && status < 300;
        }
    }

    private HttpClient client;

    /** Sends an event and reads the whole answer within the timeout. The future never fails. */
    CompletableFuture<Outcome> post(URI url, Map<String, String> headers, byte[] body, Duration timeout) {
        CompletableFuture<HttpResponse<Void>> call;
        try {
            call = client().sendAsync(
                            WebhookSigner.request(url, headers, body).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IllegalArgumentException e) {
            // The client refuses to send a header that HTTP does not allow.
            return CompletableFuture.completedFuture(new Outcome(0, e.getMessage()));
        }
        // Not the client's own timeout: it ends with the headers, and the body of an answer can be endless.
        return call.copy().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle((response, failure) -> {
            if (failure == null) {
                return new Outcome(response.statusCode(), null);
            }
            call.cancel(true);
            return new Outcome(0, problem(failure, timeout));
        });
    }

    private static String problem(Throwable failure, Duration timeout) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? "no answer within " + timeout : cause.toString();
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    /** Drops the JDK's client, whose thread ends when it is not referenced. */
    @Override
    public synchronized void close() {
        client = null;
    }
}
