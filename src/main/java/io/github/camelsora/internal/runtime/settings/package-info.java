/**
 * The options as the engine uses them: immutable records, each of which rejects values that cannot work when it is created.
 * The message names the option, its value and what is allowed. Checks that several options share are in {@link
 * io.github.camelsora.internal.runtime.settings.OptionRules}. What depends on the operation or on two options at once is checked in
 * {@code camel.EndpointSettings}.
 */
package io.github.camelsora.internal.runtime.settings;
