package io.github.camelsora.internal.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes Spring Boot report an invalid property in a few lines instead of a stack trace. */
final class OptionFailureAnalyzer extends AbstractFailureAnalyzer<OptionException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OptionException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
