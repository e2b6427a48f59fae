/**
 * When something runs, and what happens when an action fails: the timer queue, repeated attempts, calls of user code.
 */
package io.github.camelsora.internal.time;
