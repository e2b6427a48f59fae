package io.github.camelsora.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Micrometer is optional: without it all works, and nothing is measured. */
class WithoutMicrometerTest {
    private URLClassLoader loader;
    private ClassLoader before;

    @BeforeEach
    void loadWithoutMicrometer() {
        URL[] jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("micrometer-core"))
                .map(WithoutMicrometerTest::url)
                .toArray(URL[]::new);
        before = Thread.currentThread().getContextClassLoader();
        loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void close() throws Exception {
        Thread.currentThread().setContextClassLoader(before);
        loader.close();
    }

    private static URL url(String jar) {
        try {
            return Path.of(jar).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRemixWorksWithoutMicrometer() throws Exception {
        assertThatThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"))
                .isInstanceOf(ClassNotFoundException.class);

        Object status = loader.loadClass(WithoutMicrometer.class.getName())
                .getMethod("remix")
                .invoke(null);

        assertThat(status).isEqualTo("COMPLETED");
    }
}
