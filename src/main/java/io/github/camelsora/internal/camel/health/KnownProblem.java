package io.github.camelsora.internal.camel.health;

/**
 * Something that is wrong now.
 *
 * @param subject what it is wrong with, for example {@code account default}
 * @param text what has happened, what follows from it, and what ends it
 */
record KnownProblem(String subject, String text) {}
