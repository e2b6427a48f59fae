/** What JMH measures. */
package io.github.camelsora.benchmark.micro;
