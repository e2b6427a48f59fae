package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.internal.poll.StatusQueries.SeenTask;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:await}: waits for the completion of a task that was submitted elsewhere, by its task id. */
public final class AwaitProducer extends SoraProducer {
    public AwaitProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
    }

    @Override
    protected void doProcess(Exchange exchange, AsyncCallback callback) {
        await(taskId(exchange), exchange, callback, (e, c, task) -> {
            e.getMessage().removeHeader(SoraConstants.TAG);
            return setTaskAsBody(e, c, new SeenTask(task, null));
        });
    }
}
