/**
 * When a running task is polled: the interface, the fixed schedule that the vendor recommends, and how far webhooks make polls
 * rarer.
 */
package io.github.camelsora.internal.poll.schedule;
