package io.github.camelsora;

import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.task.Submission;
import io.github.camelsora.task.TaskRef;
import io.github.camelsora.task.TaskWaiter.Goal;
import io.github.camelsora.toapis.SubmitRequest;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * What {@code sora:remix} and {@code sora:generate} have in common: they pay, under a key, and let the exchange go on when
 * the task is accepted or has ended.
 */
abstract class SubmitProducer extends SoraProducer {
    private RequestReader requests;

    SubmitProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    /** The request as it goes over the wire, checked when the endpoint says so. */
    abstract SubmitRequest toWire(RemixRequest request, boolean isChecked);

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        requests = new RequestReader(RequestOptions.of(getEndpoint().getCamelContext(), configuration()));
    }

    @Override
    void begin(Exchange exchange, AsyncCallback callback) {
        SubmitRequest request = toWire(requests.read(exchange), configuration().isValidateRequest());
        String usersKey = requests.readKey(exchange);
        if (usersKey != null) {
            submit(exchange, callback, request, usersKey, false);
            return;
        }
        if (DeliveryExchange.isDelivery(exchange)) {
            throw RequestBody.refused(
                    "In a route that begins with sora:tasks a submit needs a request key, because the task comes again when the"
                            + " route fails, and each time would be paid: set requestKey, say"
                            + " ${header.CamelSoraTaskKey}-2, or the header CamelSoraRequestKey");
        }
        if (configuration().isRequireRequestKey()) {
            throw RequestBody.refused(
                    "This endpoint requires a request key: as header CamelSoraRequestKey, or as option"
                            + " requestKey");
        }
        GeneratedKey key = GeneratedKey.of(exchange, request.toJson());
        try {
            submit(exchange, key.noteEnd(exchange, callback), request, key.value(), key.isNew());
        } catch (Exception e) {
            // Refused at the gate, say: what an earlier try has paid for must still be found by the next one.
            key.noteEnd(exchange, e);
            throw e;
        }
    }

    private void submit(
            Exchange exchange, AsyncCallback callback, SubmitRequest request, String key, boolean isNewKey) {
        Submission submission = getEndpoint()
                .submission(
                        new TaskRef(configuration().getAccount(), key),
                        request,
                        RequestBody.orRefuse(() -> labels().read(exchange)),
                        requests.readTenant(exchange),
                        isNewKey);
        if (configuration().getMinimumCredits() <= 0
                || component().runtime().submitter().isKnown(submission.ref())) {
            send(exchange, callback, submission);
            return;
        }
        call(() -> getEndpoint().cachedBalance(key), exchange, callback, balance -> {
            if (!balance.covers(configuration().getMinimumCredits())) {
                throw new InsufficientCreditsException(
                        "The account has " + balance.remainingCredits() + " credits left, fewer than the "
                                + configuration().getMinimumCredits()
                                + " that minimumCredits asks for. Nothing was sent and nothing was paid.",
                        new About(SubmitOutcome.NOT_SENT, key, null),
                        null);
            }
            send(exchange, callback, submission);
            return false;
        });
    }

    private void send(Exchange exchange, AsyncCallback callback, Submission submission) {
        Goal goal = configuration().isWaitForCompletion() ? Goal.ENDED : Goal.ACCEPTED;
        component()
                .runtime()
                .submitter()
                .submit(submission, goal, claim -> waiting(exchange, callback, claim, goal, SubmitProducer::succeed));
    }

    private static boolean succeed(Exchange exchange, AsyncCallback callback, VideoTask task) {
        RequestReader.takeOff(exchange.getMessage());
        return answer(exchange, callback, task);
    }
}
