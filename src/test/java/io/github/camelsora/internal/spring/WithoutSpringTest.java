package io.github.camelsora.internal.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.support.ForkedJvm;
import java.nio.file.Path;
import java.util.regex.Pattern;
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
        String loaded = ForkedJvm.classesLoadedBy(CamelOnly.class, SPRING, folder);

        assertThat(loaded).contains("io.github.camelsora.SoraComponent ");
        assertThat(loaded)
                .doesNotContain(
                        "io.github.camelsora.internal.spring.Sora",
                        "io.github.camelsora.internal.spring.Option",
                        "org.springframework");
    }

    @Test
    void onSpringBootWithoutItsCamelNothingLoads() throws Exception {
        String loaded = ForkedJvm.classesLoadedBy(BootOnly.class, CAMEL_SPRING, folder);

        assertThat(loaded).contains("org.springframework.boot.SpringApplication ");
        assertThat(loaded)
                .doesNotContain(
                        "io.github.camelsora.internal.spring.SoraAutoConfiguration",
                        "io.github.camelsora.internal.spring.SoraOptions");
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
