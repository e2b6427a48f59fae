/**
 * Spring Boot: binds {@code camel.component.sora.*} to the component. Nothing here loads without Spring Boot and
 * camel-spring-boot on the class path. This package knows the top package, Camel and Spring, and nothing knows it; Boot finds
 * it by a file in {@code META-INF/spring}. Begin reading at {@link io.github.camelsora.internal.spring.SoraAutoConfiguration};
 * which property sets which option is decided in {@link io.github.camelsora.internal.spring.OptionProperties}.
 */
package io.github.camelsora.internal.spring;
