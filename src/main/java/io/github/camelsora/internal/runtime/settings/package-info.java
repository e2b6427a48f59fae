/**
 * The options as the engine uses them: immutable records, each of which rejects values that cannot work when it is created.
 * The message names the option, its value and what is allowed. Rules of several options are in {@link
 * io.github.camelsora.internal.runtime.settings.OptionRules}. Nothing here knows where users type the options.
 */
package io.github.camelsora.internal.runtime.settings;
