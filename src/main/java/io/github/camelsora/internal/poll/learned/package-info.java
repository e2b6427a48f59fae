/**
 * A poll schedule that learns from how long earlier tasks took. Begin reading at {@link
 * io.github.camelsora.internal.poll.learned.LearnedPollSchedule}. {@code ExpectedEnds} says when a running task is expected to end,
 * {@code RemainingTime} how that is estimated.
 */
package io.github.camelsora.internal.poll.learned;
