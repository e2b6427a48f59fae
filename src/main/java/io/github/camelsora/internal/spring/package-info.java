/**
 * Spring Boot: binds {@code camel.component.sora.*} to the component. {@code OptionProperties} decides which property
 * sets which option, {@code SoraOptions} when it is set. {@code SetupFailureAnalyzer} reports a set-up that the
 * component rejects. Files in {@code META-INF} name what Boot starts. Nothing here loads without Spring Boot and
 * camel-spring-boot on the class path. This package knows the top package, Camel and Spring, and no other knows it.
 */
package io.github.camelsora.internal.spring;
