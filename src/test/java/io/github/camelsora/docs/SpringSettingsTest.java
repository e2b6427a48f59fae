package io.github.camelsora.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.api.TaskListener;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Starts Spring Boot with the properties that the documentation shows. */
class SpringSettingsTest {
    @TempDir
    Path folder;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        TaskListener progress() {
            return task -> {};
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "spring-boot.properties")
    void optionsAreSetOnSpringBoot(String properties) {
        // Boot would set up Log4j anew, for all tests of this JVM.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SpringApplication spring = new SpringApplication(Application.class);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setBannerMode(Banner.Mode.OFF);

        try (ConfigurableApplicationContext application = spring.run(
                "--spring.config.location=" + Snippets.file(properties).toUri(),
                "--camel.component.sora.ledger-file=" + folder.resolve("sora"))) {
            SoraComponent sora = application.getBean(CamelContext.class).getComponent("sora", SoraComponent.class);

            assertThat(sora.getConfiguration().getCompletionTimeout()).isEqualTo(20 * 60_000);
            assertThat(sora.getLedgerFile()).startsWith(folder.toString());
            assertThat(sora.getTaskListener()).isSameAs(application.getBean(TaskListener.class));
            assertThat(sora.getConfiguration().getRequestKey()).isEqualTo("order-$simple{header.orderId}");
            assertThat(sora.getConfiguration().getFileName())
                    .isEqualTo("$simple{date:now:yyyy}/$simple{header.orderId}.mp4");
        }
    }
}
