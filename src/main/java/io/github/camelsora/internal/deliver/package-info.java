/**
 * Hands completed tasks to {@code sora:tasks} routes, each to one exchange at a time, at least once. {@link
 * io.github.camelsora.internal.deliver.DeliveryDispatcher} finds and acquires them; {@link
 * io.github.camelsora.internal.deliver.Delivery} decides what a failed delivery leads to.
 */
package io.github.camelsora.internal.deliver;
