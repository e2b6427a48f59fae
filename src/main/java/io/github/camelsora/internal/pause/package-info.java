/**
 * The pauses of accounts, by an operator and after an answer of the service: {@link
 * io.github.camelsora.internal.pause.AccountPauses} says which one binds a submit, {@link
 * io.github.camelsora.internal.pause.BalanceCheck} ends those that the service no longer gives a reason for, {@link
 * io.github.camelsora.internal.pause.PauseHistory} writes who has begun and ended them. The pauses that the
 * service asks for by Retry-After are in the rate limiter.
 */
package io.github.camelsora.internal.pause;
