package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;

/** Runs JVMs that lack Spring, or what joins Camel to it: nothing of this package loads there, and all else works. */
class WithoutSpringTest {
    private static final Pattern SPRING = Pattern.compile("(camel-)?spring-.*\\.jar");
    private static final Pattern CAMEL_SPRING = Pattern.compile("camel-spring-.*\\.jar");

    @TempDir
    Path folder;

    @Test
    void withoutSpringTheComponentStartsAndNothingLoads() throws Exception {
        String loaded = classesLoadedBy(CamelOnly.class, SPRING);

        assertThat(loaded).contains("io.github.camelsora.SoraComponent ");
        assertThat(loaded)
                .doesNotContain(
                        "io.github.camelsora.internal.spring.Sora",
                        "io.github.camelsora.internal.spring.Option",
                        "org.springframework");
    }

    @Test
    void onSpringBootWithoutItsCamelNothingLoads() throws Exception {
        String loaded = classesLoadedBy(BootOnly.class, CAMEL_SPRING);

        assertThat(loaded).contains("org.springframework.boot.SpringApplication ");
        assertThat(loaded)
                .doesNotContain(
                        "io.github.camelsora.internal.spring.SoraAutoConfiguration",
                        "io.github.camelsora.internal.spring.SoraOptions");
    }

    private String classesLoadedBy(Class<?> main, Pattern absent) throws Exception {
        Path log = folder.resolve("classes.txt");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !absent.matcher(new File(entry).getName()).matches())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        main.getName()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(this::output).isZero();
        return Files.readString(log);
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A context with the component, as without Spring. */
    static final class CamelOnly {
        private CamelOnly() {}

        public static void main(String[] args) throws Exception {
            try (DefaultCamelContext camel = new DefaultCamelContext()) {
                camel.getEndpoint("sora:balance?apiKey=k");
                camel.start();
            }
        }
    }

    /** An application on Spring Boot that has this jar, a context of its own, and no camel-spring-boot. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class BootOnly {
        @Bean
        CamelContext camel() {
            return new DefaultCamelContext();
        }

        public static void main(String[] args) {
            System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
            SpringApplication spring = new SpringApplication(BootOnly.class);
            spring.setWebApplicationType(WebApplicationType.NONE);
            spring.setBannerMode(Banner.Mode.OFF);
            spring.run("--camel.component.sora.wibble=x").close();
        }
    }
}
