/**
 * What submits cost: prices by model, and the limits that spending is held to. Begin with {@link
 * io.github.camelsora.internal.spend.CreditPrices}. Knows the types of {@code api} only.
 */
package io.github.camelsora.internal.spend;
