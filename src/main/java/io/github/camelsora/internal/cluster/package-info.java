/**
 * What a node does periodically: it renews its lease, takes over the records of a node whose lease has ended, and sees
 * completions that another node has recorded. Begin reading at
 * {@link io.github.camelsora.internal.cluster.Housekeeper}. The ledger decides whose lease has ended, and
 * {@link io.github.camelsora.internal.cluster.FailoverService} takes over the records. The event
 * {@code TakenOver} of the state machine decides what becomes of each record.
 * {@link io.github.camelsora.internal.cluster.LivenessCheck} decides why a node pays for nothing new for now: its
 * timer, its lease, its ledger file.
 */
package io.github.camelsora.internal.cluster;
