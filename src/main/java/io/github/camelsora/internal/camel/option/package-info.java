/**
 * Options whose value depends on the message. How an option is evaluated is decided in {@link
 * io.github.camelsora.internal.camel.option.OptionExpression}, which Simple functions it may use in {@link
 * io.github.camelsora.internal.camel.option.AllowedFunctions}, which steps of a path in {@code DataPath}, what a dynamic {@code
 * to} evaluates in {@link io.github.camelsora.internal.camel.option.SoraSendDynamicAware}.
 */
package io.github.camelsora.internal.camel.option;
