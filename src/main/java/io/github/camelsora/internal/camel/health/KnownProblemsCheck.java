package io.github.camelsora.internal.camel.health;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check that is DOWN while there is a problem of one kind, with a detail for each problem. */
final class KnownProblemsCheck extends AbstractHealthCheck {
    private final Supplier<List<KnownProblem>> problems;
    private final boolean isLiveness;

    /**
     * Creates a check of readiness.
     *
     * @param id its name
     * @param isLiveness whether it is a check of liveness, too
     * @param problems finds the problems, without blocking
     */
    KnownProblemsCheck(String id, boolean isLiveness, Supplier<List<KnownProblem>> problems) {
        super("camel", id);
        this.problems = problems;
        this.isLiveness = isLiveness;
    }

    @Override
    public boolean isLiveness() {
        return isLiveness;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<KnownProblem> found = problems.get();
        if (found.isEmpty()) {
            builder.up();
            return;
        }
        builder.down().message(found.stream().map(KnownProblem::text).collect(Collectors.joining(" ")));
        found.stream()
                .collect(Collectors.groupingBy(
                        KnownProblem::subject, Collectors.mapping(KnownProblem::text, Collectors.joining(" "))))
                .forEach(builder::detail);
    }
}
