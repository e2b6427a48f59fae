package io.github.camelsora.internal.spring;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** An application on Spring Boot, with the properties, variables and beans of a test. */
abstract class SpringTestSupport {
    static final String PREFIX = "camel.component.sora.";

    private static final String ENVIRONMENT = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    static {
        // Boot would set up Log4j anew, for all tests of this JVM.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    }

    private final Map<String, Object> properties = new LinkedHashMap<>(Map.of("camel.main.jmx-enabled", "false"));
    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> beans = new LinkedHashMap<>();
    private ConfigurableApplicationContext application;

    /** As an application is: whatever lies on the class path is configured. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    /** Starts in half the time. */
    @SpringBootConfiguration
    @ImportAutoConfiguration({CamelAutoConfiguration.class, SoraAutoConfiguration.class})
    static class CamelApplication {}

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
            application = null;
        }
    }

    /** Sets an option of the component as {@code application.properties} does. */
    void set(String option, Object value) {
        property(PREFIX + option, value);
    }

    void property(String name, Object value) {
        properties.put(name, value);
    }

    void variable(String name, String value) {
        variables.put(name, value);
    }

    void bean(String name, Object bean) {
        beans.put(name, bean);
    }

    void route(String... steps) {
        bean("routes", new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(steps);
            }
        });
    }

    CamelContext start(String... arguments) {
        return start(CamelApplication.class, arguments);
    }

    CamelContext start(Class<?> applicationClass, String... arguments) {
        SpringApplication spring = new SpringApplication(applicationClass);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setRegisterShutdownHook(false);
        spring.setLogStartupInfo(false);
        spring.setBannerMode(Banner.Mode.OFF);
        spring.addInitializers(context -> {
            MutablePropertySources sources = context.getEnvironment().getPropertySources();
            sources.replace(ENVIRONMENT, new SystemEnvironmentPropertySource(ENVIRONMENT, variables));
            sources.addLast(new MapPropertySource("test", properties));
            beans.forEach((name, bean) -> register((GenericApplicationContext) context, name, bean));
        });
        application = spring.run(arguments);
        return application.getBean(CamelContext.class);
    }

    @SuppressWarnings("unchecked")
    private static void register(GenericApplicationContext context, String name, Object bean) {
        context.registerBean(name, (Class<Object>) bean.getClass(), (Supplier<Object>) () -> bean);
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    SoraComponent sora() {
        return application.getBean(CamelContext.class).getComponent("sora", SoraComponent.class);
    }

    SoraConfiguration options() {
        return sora().getConfiguration();
    }
}
