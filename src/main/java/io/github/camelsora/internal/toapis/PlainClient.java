package io.github.camelsora.internal.toapis;

import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.impl.DefaultAuthenticationStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Configures an HTTP client to send each request exactly once, to one host. By default Apache HttpClient repeats a POST after
 * 429 and 503, after an authentication challenge, and along a redirect; each repetition may be paid for again.
 */
public final class PlainClient {
    private static final String WRITING = PlainClient.class.getName() + ".writing";

    private PlainClient() {}

    /**
     * Disables retries, redirects, cookies, cached credentials and answers to challenges.
     *
     * @param builder the builder of the client, after all other configuration
     */
    public static void configure(HttpClientBuilder builder) {
        builder.disableAutomaticRetries();
        builder.disableRedirectHandling();
        builder.disableCookieManagement();
        builder.disableAuthCaching();
        builder.setTargetAuthenticationStrategy((type, challenges, context) -> List.of());
        // A proxy's challenge is answered while the tunnel is set up, never by sending the request itself again.
        builder.setProxyAuthenticationStrategy((type, challenges, context) -> hasBegunToWrite(context)
                ? List.of()
                : DefaultAuthenticationStrategy.INSTANCE.select(type, challenges, context));
        builder.addExecInterceptorFirst("sora-connecting", (request, scope, chain) -> {
            scope.clientContext.setAttribute(WRITING, Boolean.FALSE);
            return chain.proceed(request, scope);
        });
        // Last means: after the connection is open, just before the first byte of the request is written.
        builder.addExecInterceptorLast("sora-writing", (request, scope, chain) -> {
            scope.clientContext.setAttribute(WRITING, Boolean.TRUE);
            return chain.proceed(request, scope);
        });
    }

    /**
     * Opens a new connection for each request. The server may have closed a pooled one a moment ago, and a request that is lost
     * that way looks like one that was accepted.
     *
     * @param builder the builder of the client
     */
    public static void neverReuseConnections(HttpClientBuilder builder) {
        builder.setConnectionReuseStrategy((request, response, context) -> false);
    }

    /**
     * Limits how long a call may take as a whole. The client's own timeouts restart with each byte.
     *
     * @param builder the builder of the client, after {@link #configure}
     * @param connection the time to open a connection, including the wait for a free one
     * @param answer the time from the first byte of the request to the last byte of the answer
     */
    public static void limit(HttpClientBuilder builder, Duration connection, Duration answer) {
        builder.addExecInterceptorFirst("sora-connection-limit", (request, scope, chain) -> {
            CallDeadline.limit(scope.clientContext, connection);
            return chain.proceed(request, scope);
        });
        builder.addExecInterceptorLast("sora-answer-limit", (request, scope, chain) -> {
            CallDeadline.limit(scope.clientContext, answer);
            return chain.proceed(request, scope);
        });
    }

    /** Tells whether the request may have been sent. True for a client that was not configured here, which cannot rule it out. */
    static boolean hasBegunToWrite(HttpContext context) {
        return !Boolean.FALSE.equals(context.getAttribute(WRITING));
    }
}
