/**
 * A poll schedule that learns from how long earlier tasks took. Begin reading at {@link
 * io.github.camelsora.internal.poll.learned.LearnedPollSchedule}.
 */
package io.github.camelsora.internal.poll.learned;
