/**
 * Options whose value depends on the message. {@link io.github.camelsora.internal.camel.option.OptionExpression}
 * evaluates an option. {@link io.github.camelsora.internal.camel.option.AllowedFunctions} decides which Simple
 * functions it may use, {@code DataPath} which steps of a path,
 * {@link io.github.camelsora.internal.camel.option.SoraSendDynamicAware} what a dynamic {@code to} evaluates.
 */
package io.github.camelsora.internal.camel.option;
