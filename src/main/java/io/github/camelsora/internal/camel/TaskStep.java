package io.github.camelsora.internal.camel;

import io.github.camelsora.api.VideoTask;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** What an operation does with a task that was waited for or asked for. */
@FunctionalInterface
public interface TaskStep {

    /**
     * Takes the task.
     *
     * @return true when the exchange can go on at once; false when the step calls the callback itself, later
     */
    boolean take(Exchange exchange, AsyncCallback callback, VideoTask task) throws Exception;
}
