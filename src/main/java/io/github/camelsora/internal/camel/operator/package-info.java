/**
 * {@code sora:ledger} and JMX. {@link io.github.camelsora.internal.camel.operator.LedgerCommands} carries out the commands of an
 * operator, {@link io.github.camelsora.internal.camel.operator.ManyRecords} those on all records of a filter; {@link io.github.camelsora.internal.camel.operator.LedgerProducer} reads them off a message, and {@link
 * io.github.camelsora.internal.camel.operator.SoraOperator} off JMX.
 */
package io.github.camelsora.internal.camel.operator;
