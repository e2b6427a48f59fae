/** The simulator in a JVM of its own, seen from here by {@link io.github.camelsora.benchmark.service.Service}. */
package io.github.camelsora.benchmark.service;
