/**
 * What Camel and its users see: the component, its endpoints, one producer an operation, headers and converters. Only this
 * package knows Camel; it knows all the others. Begin reading at {@link io.github.camelsora.SoraEndpoint}, which makes a
 * producer of each operation, and go on with {@code RemixProducer}.
 */
package io.github.camelsora;
