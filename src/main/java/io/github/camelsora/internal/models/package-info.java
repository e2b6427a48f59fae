/**
 * Which models there are, as data: what each can make, its limits, its price, and whether it has ended. Begin with {@link
 * io.github.camelsora.internal.models.ModelCatalog}. Knows the requests of {@code toapis}, and no ledger, thread or exchange.
 */
package io.github.camelsora.internal.models;
