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

/** Makes the calls, without holding a thread, following redirects or repeating anything. */
final class WebhookClient implements AutoCloseable {

    /** What a call came to: the HTTP status, or 0 and why there is none. */
    record Outcome(int status, String problem) {
        boolean isAccepted() {
            return status >= 200 && status < 300;
        }
    }

    private HttpClient client;

    /** Waits for the whole answer, but no longer than the time given. Never fails. */
    CompletableFuture<Outcome> post(URI url, Map<String, String> headers, byte[] body, Duration timeout) {
        CompletableFuture<HttpResponse<Void>> call;
        try {
            call = client().sendAsync(
                            WebhookSigner.request(url, headers, body).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IllegalArgumentException e) {
            // A header that HTTP does not allow never leaves this machine.
            return CompletableFuture.completedFuture(new Outcome(0, e.getMessage()));
        }
        // Not the client's own timeout: that one ends with the headers, and an answer's body can be endless.
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

    /** Lets go of the JDK's client, which ends its thread when nobody holds it any more. */
    @Override
    public synchronized void close() {
        client = null;
    }
}
