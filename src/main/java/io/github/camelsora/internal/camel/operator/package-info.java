/**
 * {@code sora:ledger} and JMX. {@link io.github.camelsora.internal.camel.operator.LedgerProducer} reads the commands of an operator
 * off a message, {@link io.github.camelsora.internal.camel.operator.SoraOperator} off JMX, and
 * {@link io.github.camelsora.internal.camel.operator.LedgerCommands} carries them out; those on many records go to
 * {@link io.github.camelsora.internal.camel.operator.ManyRecords}.
 * {@link io.github.camelsora.internal.camel.operator.AccountLookup} finds the account of a key that is named without one.
 */
package io.github.camelsora.internal.camel.operator;
