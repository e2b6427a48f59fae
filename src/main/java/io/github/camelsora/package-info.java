/**
 * What Camel and its users see: the component, its endpoints, options, headers and converters. Which operations there are is
 * listed in {@link io.github.camelsora.SoraOperation}; which producer or consumer an operation gets is decided in {@link
 * io.github.camelsora.SoraEndpoint}, where reading may begin. Each option is described at its field in {@link
 * io.github.camelsora.SoraConfiguration}.
 */
package io.github.camelsora;
