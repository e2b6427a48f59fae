/**
 * The glue between Camel and the engine: one producer for each operation, and what carries an exchange across a wait.
 * Begin reading at {@link io.github.camelsora.internal.camel.SoraProducer}, which all producers extend, and at {@link
 * io.github.camelsora.internal.camel.SubmitProducer}, which pays. The consumers and the larger operations have
 * packages of their own below this one.
 */
package io.github.camelsora.internal.camel;
