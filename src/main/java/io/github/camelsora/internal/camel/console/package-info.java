/**
 * The dev console {@code sora}. {@link io.github.camelsora.internal.camel.console.SoraDevConsole} is loaded by camel-console only.
 * {@link io.github.camelsora.internal.camel.console.ComponentState} reads what it shows of a component, and {@link
 * io.github.camelsora.internal.camel.console.AccountState} what it shows of an account.
 */
package io.github.camelsora.internal.camel.console;
