/** What a user of Temporal writes: a workflow for each order, its activities, and a worker that also starts the workflows. */
package io.github.camelsora.benchmark.rivals.temporal;
