package io.github.camelsora.internal.camel.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.ForkedJvm;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM without camel-health and camel-console: the component works, and what needs them is not loaded. */
class WithoutHealthTest {
    private static final Pattern ABSENT = Pattern.compile("camel-(health|console|spring.*)-.*\\.jar");

    @TempDir
    Path folder;

    @Test
    void theComponentStartsAndStops() throws Exception {
        String loaded = ForkedJvm.classesLoadedBy(CamelOnly.class, ABSENT, folder);

        assertThat(loaded).contains("io.github.camelsora.internal.camel.health.HealthChecks ");
        assertThat(loaded)
                .doesNotContain(
                        "io.github.camelsora.internal.camel.health.KnownProblemsCheck ",
                        "io.github.camelsora.internal.camel.console.",
                        "org.apache.camel.impl.health");
    }

    /** A context with the component. */
    static final class CamelOnly {
        private CamelOnly() {}

        public static void main(String[] args) throws Exception {
            try (DefaultCamelContext camel = new DefaultCamelContext()) {
                camel.getEndpoint("sora:balance?apiKey=k");
                camel.start();
                if (HealthCheckRegistry.get(camel) != null) {
                    throw new IllegalStateException("camel-health is here");
                }
            }
        }
    }
}
