package io.github.camelsora.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsora.simulator.ToApisSimulator;
import io.github.camelsora.simulator.ToApisSimulatorExtension;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applications without camel-telemetry and OpenTelemetry load nothing of them. */
class WithoutTelemetryTest {
    @RegisterExtension
    static final ToApisSimulatorExtension TOAPIS = ToApisSimulatorExtension.create();

    private static URL[] classPathWithoutTelemetry() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("telemetry"))
                .map(WithoutTelemetryTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void aRemixWorksWithoutTheLibrariesForTraces(ToApisSimulator simulator) throws Exception {
        simulator.taskDuration(Duration.ofMillis(50));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Not closed: threads that end after the context still load classes of the log.
        URLClassLoader loader = new URLClassLoader(classPathWithoutTelemetry(), ClassLoader.getPlatformClassLoader());
        try {
            Thread.currentThread().setContextClassLoader(loader);
            Callable<?> remix = (Callable<?>) loader.loadClass(WithoutTelemetry.class.getName())
                    .getConstructor(String.class, String.class, String.class)
                    .newInstance(simulator.baseUrl(), simulator.apiKey(), simulator.addSource());

            assertThat(remix.call()).isEqualTo("COMPLETED 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            assertThatThrownBy(() -> loader.loadClass("io.opentelemetry.api.trace.Tracer"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> loader.loadClass("org.apache.camel.telemetry.Tracer"))
                    .isInstanceOf(ClassNotFoundException.class);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
