package io.github.camelsora.internal.spring;

import org.apache.camel.CamelContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Makes Spring Boot set the options of the component. Camel is named by text, so that the class loads where it is absent. */
@AutoConfiguration(afterName = SoraAutoConfiguration.CAMEL)
@ConditionalOnClass(name = SoraAutoConfiguration.CAMEL)
@ConditionalOnBean(CamelContext.class)
class SoraAutoConfiguration {
    static final String CAMEL = "org.apache.camel.spring.boot.CamelAutoConfiguration";

    @Bean
    SoraOptions soraOptions(Environment environment) {
        return new SoraOptions(environment);
    }
}
