/** What a user of OpenAI's Java SDK writes: a plain program with a timer of its own, whose state is files. */
package io.github.camelsora.benchmark.rivals.openai;
