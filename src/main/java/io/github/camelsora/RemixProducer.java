package io.github.camelsora;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.task.Submission;
import io.github.camelsora.task.TaskRef;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.SubmitRequest;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** {@code sora:remix}: pays for a remix, and lets the exchange go on when it is accepted or has ended. */
final class RemixProducer extends SoraProducer {
    private RequestReader requests;

    RemixProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        requests = new RequestReader(configuration(), simple(configuration().getRequestKey()));
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback) {
        RemixRequest request = requests.read(exchange);
        if (configuration().isValidateRequest()) {
            request.validate();
        } else if (request.videoId() == null) {
            throw RequestBody.refused("A remix needs the id of a video");
        }
        Submission submission = new Submission(
                new TaskRef(configuration().getAccount(), requests.readKey(exchange)),
                configuration().getOperation().name(),
                SubmitRequest.of(request),
                getEndpoint().client(),
                configuration().isSendRequestKey(),
                getEndpoint().schedule(),
                getEndpoint().limits());
        Goal goal = configuration().isWaitForCompletion() ? Goal.ENDED : Goal.ACCEPTED;
        component()
                .submitter()
                .submit(
                        submission,
                        goal,
                        claim -> WaitingExchange.of(exchange, callback, claim, RemixProducer::succeed));
    }

    private static boolean succeed(Exchange exchange, AsyncCallback callback, VideoTask task) {
        RequestReader.takeOff(exchange.getMessage());
        return answer(exchange, callback, task);
    }
}
