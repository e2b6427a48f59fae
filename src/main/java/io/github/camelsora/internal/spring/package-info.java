/**
 * Spring Boot: binds {@code camel.component.sora.*} to the component. Which property sets which option is decided in {@code
 * OptionProperties}, when it is set in {@code SoraOptions}; Boot starts {@code SoraAutoConfiguration}, which a file in {@code
 * META-INF/spring} names. Nothing here loads without Spring Boot and camel-spring-boot on the class path. This package knows the
 * top package, Camel and Spring, and no other knows it.
 */
package io.github.camelsora.internal.spring;
