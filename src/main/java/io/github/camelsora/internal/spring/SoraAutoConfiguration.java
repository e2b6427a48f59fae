package io.github.camelsora.internal.spring;

import org.apache.camel.CamelContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Has Spring Boot set the options of the component. Its names are text, so that it can be read where Camel's are absent. */
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
