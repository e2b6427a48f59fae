/**
 * What Camel and its users see: the component, its endpoints, options, headers and converters.
 * {@link io.github.camelsora.SoraOperation} lists the operations. {@link io.github.camelsora.SoraEndpoint}, where
 * reading may begin, decides which producer or consumer an operation gets.
 * {@link io.github.camelsora.SoraConfiguration} describes each option at its field.
 */
package io.github.camelsora;
