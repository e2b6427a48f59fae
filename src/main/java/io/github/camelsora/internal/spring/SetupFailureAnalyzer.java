package io.github.camelsora.internal.spring;

import io.github.camelsora.SoraComponent;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.util.ClassUtils;

/**
 * Makes Spring Boot report a wrong set-up that the component has rejected, say a missing API key, by its message and its route
 * instead of a stack trace.
 */
final class SetupFailureAnalyzer implements FailureAnalyzer {
    private static final String OWN = ClassUtils.getPackageName(SoraComponent.class) + ".";

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        String route = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException created) {
                route = "Route " + created.getRouteId() + ": ";
            } else if (cause instanceof FailedToStartRouteException started) {
                route = "Route " + started.getRouteId() + ": ";
            } else if (isRejection(cause)) {
                // The message says what to do.
                return new FailureAnalysis(route + cause.getMessage(), null, cause);
            }
        }
        return null;
    }

    /** Whether the component has thrown it to reject its set-up. Other exceptions are defects, which need their stack trace. */
    private static boolean isRejection(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException)
                && !(cause instanceof OptionException)
                && trace.length > 0
                && trace[0].getClassName().startsWith(OWN);
    }
}
