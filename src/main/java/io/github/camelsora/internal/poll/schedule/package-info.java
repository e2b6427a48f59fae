/**
 * When a running task is asked for: the interface, the vendor's fixed advice, and how far webhooks make polls rarer.
 */
package io.github.camelsora.internal.poll.schedule;
