package io.github.camelsora.internal.toapis;

import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.impl.DefaultAuthenticationStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Takes out of an HTTP client everything that sends a request a second time or to somebody else. Apache HttpClient would
 * repeat a POST after 429 and 503, after a challenge, and along a redirect, and each of those may be paid twice.
 */
public final class PlainClient {
    private static final String WRITING = PlainClient.class.getName() + ".writing";

    private PlainClient() {}

    /**
     * Makes a client plain: no retries, redirects, cookies, cached credentials or answers to challenges.
     *
     * @param builder the client to be; call this after everything else has configured it
     */
    public static void configure(HttpClientBuilder builder) {
        builder.disableAutomaticRetries();
        builder.disableRedirectHandling();
        builder.disableCookieManagement();
        builder.disableAuthCaching();
        builder.setTargetAuthenticationStrategy((type, challenges, context) -> List.of());
        // A proxy is answered while a tunnel is dug, never by sending the request itself again.
        builder.setProxyAuthenticationStrategy((type, challenges, context) -> hasBegunToWrite(context)
                ? List.of()
                : DefaultAuthenticationStrategy.INSTANCE.select(type, challenges, context));
        builder.addExecInterceptorFirst("sora-connecting", (request, scope, chain) -> {
            scope.clientContext.setAttribute(WRITING, Boolean.FALSE);
            return chain.proceed(request, scope);
        });
        // Last means: after the connection stands, just before the first byte of the request is written.
        builder.addExecInterceptorLast("sora-writing", (request, scope, chain) -> {
            scope.clientContext.setAttribute(WRITING, Boolean.TRUE);
            return chain.proceed(request, scope);
        });
    }

    /**
     * Opens a fresh connection for each request. A pooled one may have been closed by the server a moment ago, and a
     * request that is lost that way cannot be told from one that was accepted.
     *
     * @param builder the client to be
     */
    public static void neverReuseConnections(HttpClientBuilder builder) {
        builder.setConnectionReuseStrategy((request, response, context) -> false);
    }

    /**
     * Limits how long a call may take as a whole. The timeouts of the client itself begin anew with each byte.
     *
     * @param builder the client to be, made plain before
     * @param connection from the call to a connection that stands, the wait for a free one included
     * @param answer from the first byte of the request to the last one of the answer
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

    /** Tells whether a connection stood and the request may have left; a client that is not plain cannot rule it out. */
    static boolean hasBegunToWrite(HttpContext context) {
        return !Boolean.FALSE.equals(context.getAttribute(WRITING));
    }
}
