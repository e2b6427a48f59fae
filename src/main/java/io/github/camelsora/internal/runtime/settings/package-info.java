/**
 * The options as the engine uses them: immutable records, each of which rejects values that cannot work when it is
 * created. The message of the exception names the option, its value and what is allowed.
 * {@link io.github.camelsora.internal.runtime.settings.OptionRules} has the checks that several options share.
 * {@code camel.EndpointSettings} checks what depends on the operation or on two options at once.
 */
package io.github.camelsora.internal.runtime.settings;
