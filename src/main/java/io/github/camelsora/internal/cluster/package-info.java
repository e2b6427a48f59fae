/**
 * What a node does for the others: it renews its lease, takes over what a dead node owned, and sees completions that
 * another node has recorded. Begin reading at {@link io.github.camelsora.internal.cluster.Housekeeper}; what happens
 * to the records of a dead JVM is decided in {@link io.github.camelsora.internal.cluster.FailoverService}.
 */
package io.github.camelsora.internal.cluster;
