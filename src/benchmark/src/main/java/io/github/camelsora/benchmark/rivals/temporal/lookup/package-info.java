/** What its user writes in addition if the service finds a task by a key of the client. */
package io.github.camelsora.benchmark.rivals.temporal.lookup;
