/**
 * What an operator does with the records of a ledger. {@link io.github.camelsora.internal.operator.OperatorService} carries out a
 * command on one record: a retry by {@link io.github.camelsora.internal.operator.OperatorRetry}, the adoption of a task by
 * {@link io.github.camelsora.internal.operator.Adoption}. {@link io.github.camelsora.internal.operator.ActionRules} decides which
 * commands fit a record. {@link io.github.camelsora.internal.operator.PreparedActions} keeps the sets of records that commands on
 * many were previewed for; {@link io.github.camelsora.internal.operator.RecordExport} writes records as text.
 */
package io.github.camelsora.internal.operator;
