/**
 * The exceptions that routes see when a submit or a wait fails, with messages that say whether anything was paid.
 */
package io.github.camelsora.internal.errors;
