/**
 * What a node does periodically: it renews its lease, takes over the records of a node whose lease ended, and sees
 * completions that another node has recorded. Begin reading at {@link
 * io.github.camelsora.internal.cluster.Housekeeper}. {@link io.github.camelsora.internal.cluster.FailoverService}
 * takes records over; what becomes of each is decided by the event {@code OwnerLeaseExpired} of the state machine,
 * and whose lease has ended by the ledger. Why a node pays for nothing new for now (its timer, its lease, its ledger
 * file) is decided in {@link io.github.camelsora.internal.cluster.LivenessCheck}.
 */
package io.github.camelsora.internal.cluster;
