/**
 * Options whose value depends on the message. Which functions of Simple an option may use is in {@link
 * io.github.camelsora.internal.camel.option.AllowedFunctions}; how an option is evaluated is in {@link
 * io.github.camelsora.internal.camel.option.OptionExpression}.
 */
package io.github.camelsora.internal.camel.option;
