package io.github.camelsora.internal.camel.outcome;

import static io.github.camelsora.api.SubmitOutcome.ACCEPTED;
import static io.github.camelsora.api.SubmitOutcome.NOT_SENT;
import static io.github.camelsora.api.SubmitOutcome.REJECTED;
import static io.github.camelsora.api.SubmitOutcome.UNKNOWN;
import static io.github.camelsora.internal.camel.outcome.OutcomeCase.of;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.api.AccountPausedException;
import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.ContentRefusedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.KeyConflictException;
import io.github.camelsora.api.ModelUnavailableException;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SpendLimitException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.SubmitCancelledException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.simulator.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** How remix, extend and generate end. */
final class SubmitOutcomes {
    private static final String AN_HOUR = "Retry-After: 3600";

    private SubmitOutcomes() {}

    static Stream<OutcomeCase> cases() {
        return Stream.of("remix", "extend", "generate").flatMap(operation -> submits(operation).stream());
    }

    private static List<OutcomeCase> submits(String op) {
        return List.of(
                of(op, BadRequestException.class, NOT_SENT, "no prompt", t -> t.fail(t.submit(op), null)),
                of(
                        op,
                        BadRequestException.class,
                        NOT_SENT,
                        "a header that cannot be kept",
                        t -> t.fail(t.submit(op) + "&carryHeaders=mine", "A puppy", "mine", new Object())),
                of(op, BadRequestException.class, NOT_SENT, "what the ledger cannot hold", t -> {
                    t.troubleOfLedger = new IllegalArgumentException("The tag is too long");
                    t.ledgerTrouble = (method, record) -> method.equals("add");
                    return t.fail(t.submit(op), "A puppy");
                }),
                of(op, BadRequestException.class, ACCEPTED, "a request that is wrong, under a key that was paid", t -> {
                    t.start();
                    t.send(t.submit(op) + "&requestKey=order-1", "A puppy");
                    return t.fail(t.submit(op) + "&requestKey=order-1", null);
                }),
                of(op, BadRequestException.class, UNKNOWN, "the same, when its answer was lost", t -> {
                    t.loseTheNextAnswer();
                    t.start();
                    t.send(t.submit(op) + "&requestKey=order-1", "A puppy");
                    return t.fail(t.submit(op) + "&requestKey=order-1", null);
                }),
                of(op, BadRequestException.class, REJECTED, "400", t -> t.rejecting(op, 400)),
                of(
                        op,
                        ResultExpiredException.class,
                        NOT_SENT,
                        "the address of an expired video as source",
                        t -> t.fail(
                                t.submit(op),
                                Map.of("prompt", "A puppy", "source", "https://files.test/x.mp4"),
                                SoraConstants.VIDEO_URL,
                                "https://files.test/x.mp4",
                                SoraConstants.EXPIRES_AT,
                                Instant.EPOCH)),
                of(op, AuthenticationException.class, REJECTED, "401", t -> t.rejecting(op, 401)),
                of(op, AuthenticationException.class, NOT_SENT, "a pause after 401", t -> {
                    t.toApis.on(Call.SUBMIT).answer(401, "{}");
                    t.start();
                    t.send(t.submit(op), "A puppy");
                    return t.fail(t.submit(op), "A kitten");
                }),
                of(op, AuthenticationException.class, NOT_SENT, "401 to the question for the balance", t -> {
                    t.toApis.on(Call.BALANCE).answer(401, "{}");
                    return t.fail(t.submit(op) + "&minimumCredits=1", "A puppy");
                }),
                of(
                        op,
                        InsufficientCreditsException.class,
                        NOT_SENT,
                        "minimumCredits",
                        t -> t.fail(t.submit(op) + "&minimumCredits=99999999", "A puppy")),
                of(op, InsufficientCreditsException.class, ACCEPTED, "minimumCredits, of a changed redelivery", t -> {
                    t.letTasksRunLong();
                    return t.failChanged(t.submit(op) + "&completionTimeout=50", "A puppy", "A kitten");
                }),
                of(op, InsufficientCreditsException.class, UNKNOWN, "the same, when its answer was lost", t -> {
                    t.loseTheNextAnswer();
                    return t.failChanged(t.submit(op), "A puppy", "A kitten");
                }),
                of(op, InsufficientCreditsException.class, REJECTED, "402", t -> t.rejecting(op, 402)),
                of(
                        op,
                        ModelUnavailableException.class,
                        NOT_SENT,
                        "a model that has ended",
                        t -> t.fail(t.submit(op) + t.withEndedModel(), "A puppy", SoraConstants.MODEL, "old-1")),
                of(
                        op,
                        ModelUnavailableException.class,
                        NOT_SENT,
                        "a model that the account may not use",
                        t -> t.refusedByTheList(t.submit(op))),
                of(op, ModelUnavailableException.class, REJECTED, "400 about the model", t -> {
                    t.toApis.on(Call.SUBMIT).answer(400, "{\"error\": {\"code\": \"model_not_found\"}}");
                    return t.fail(t.submit(op), "A puppy");
                }),
                of(op, ModelUnavailableException.class, ACCEPTED, "a redelivery with a model that has ended", t -> {
                    t.letTasksRunLong();
                    return t.failChangedToEnded(t.submit(op) + "&completionTimeout=50", "A puppy", "A kitten");
                }),
                of(op, ModelUnavailableException.class, UNKNOWN, "the same, when its answer was lost", t -> {
                    t.loseTheNextAnswer();
                    return t.failChangedToEnded(t.submit(op), "A puppy", "A kitten");
                }),
                of(op, SpendLimitException.class, NOT_SENT, "a limit of spending that is reached", t -> {
                    t.options().setCreditPrices("sora-2=20,sora-2-official=20,grok-video-1.0=20");
                    t.options().setSpendLimit("19/1d");
                    return t.fail(t.submit(op), "A puppy");
                }),
                of(op, InsufficientCreditsException.class, NOT_SENT, "a pause after 402", t -> {
                    t.toApis.on(Call.SUBMIT).answer(402, "{}");
                    t.start();
                    t.send(t.submit(op), "A puppy");
                    return t.fail(t.submit(op), "A kitten");
                }),
                of(op, AccountPausedException.class, NOT_SENT, "a pause by an operator", t -> {
                    t.start();
                    t.sora().operator().pause("default", new Operator("joe", "The bill is too high"));
                    return t.fail(t.submit(op) + "&submitTimeout=300", "A puppy");
                }),
                of(op, SubmitCancelledException.class, NOT_SENT, "a submit that an operator cancels", t -> {
                    t.start();
                    t.sora().operator().pause("default", new Operator("joe", "The bill is too high"));
                    return t.failAfter(() -> t.cancel("order-1"), t.submit(op) + "&requestKey=order-1", "A puppy");
                }),
                of(op, ContentRefusedException.class, REJECTED, "422", t -> t.rejecting(op, 422)),
                of(op, TaskNotFoundException.class, REJECTED, "404", t -> t.rejecting(op, 404)),
                of(op, TaskNotFoundException.class, ACCEPTED, "404 to its polls", t -> {
                    t.letTasksRunLong();
                    t.toApis.on(Call.STATUS).answer(404, "{}");
                    return t.failAfter(t::letTheGraceOf404Pass, t.submit(op), "A puppy");
                }),
                of(op, RateLimitedException.class, NOT_SENT, "429 until submitTimeout", t -> {
                    t.toApis.on(Call.SUBMIT).answer(429, "{}", AN_HOUR);
                    return t.fail(t.submit(op) + "&submitTimeout=300", "A puppy");
                }),
                of(
                        op,
                        ServiceUnavailableException.class,
                        NOT_SENT,
                        "no connection",
                        t -> t.fail(
                                t.submit(op) + "&submitTimeout=300&baseUrl=http://127.0.0.1:1&apiKey=k", "A puppy")),
                of(op, ServiceUnavailableException.class, NOT_SENT, "maxOpenTasks", t -> {
                    t.replaceLedger(0);
                    return t.fail(t.submit(op), "A puppy");
                }),
                of(op, ServiceUnavailableException.class, NOT_SENT, "the ledger is unavailable, a new key", t -> {
                    t.ledgerTrouble = (method, record) -> method.equals("add");
                    return t.fail(t.submit(op), "A puppy");
                }),
                of(
                        op,
                        ServiceUnavailableException.class,
                        UNKNOWN,
                        "the ledger is unavailable, a key of the user",
                        t -> {
                            t.ledgerTrouble = (method, record) -> method.equals("add");
                            return t.fail(t.submit(op) + "&requestKey=order-1", "A puppy");
                        }),
                of(op, ServiceUnavailableException.class, UNKNOWN, "the same, asked for before the balance", t -> {
                    t.ledgerTrouble = (method, record) -> method.equals("find");
                    return t.fail(t.submit(op) + "&requestKey=order-1&minimumCredits=1", "A puppy");
                }),
                of(op, ServiceUnavailableException.class, ACCEPTED, "a known task cannot be followed", t -> {
                    t.letTasksRunLong();
                    // No poll reads the ledger meanwhile.
                    t.options().setPollInitialDelay(3_600_000);
                    String keyed = t.submit(op) + "&requestKey=order-1";
                    t.start();
                    t.send(keyed + "&waitForCompletion=false", "A puppy");
                    t.awaitState("order-1", TaskState.RUNNING);
                    AtomicInteger reads = new AtomicInteger();
                    // It goes away when the key has been found to be known.
                    t.ledgerTrouble = (method, record) -> method.equals("find") && reads.incrementAndGet() > 1;
                    return t.fail(keyed, "A puppy");
                }),
                of(op, KeyConflictException.class, NOT_SENT, "another request under the key", t -> {
                    t.start();
                    t.send(t.submit(op) + "&requestKey=order-1", "A puppy");
                    return t.fail(t.submit(op) + "&requestKey=order-1", "A kitten");
                }),
                of(op, KeyConflictException.class, ACCEPTED, "the request runs at another baseUrl", t -> {
                    t.letTasksRunLong();
                    t.start();
                    t.send(t.submit(op) + "&requestKey=order-1&waitForCompletion=false", "A puppy");
                    return t.fail(t.submit(op) + "&requestKey=order-1&baseUrl=http://127.0.0.1:1&apiKey=k", "A puppy");
                }),
                of(op, KeyConflictException.class, UNKNOWN, "its answer was lost at another baseUrl", t -> {
                    t.loseTheNextAnswer();
                    t.start();
                    t.send(t.submit(op) + "&requestKey=order-1", "A puppy");
                    return t.fail(t.submit(op) + "&requestKey=order-1&baseUrl=http://127.0.0.1:1&apiKey=k", "A puppy");
                }),
                of(op, SubmissionUnknownException.class, UNKNOWN, "its answer is lost", t -> {
                    t.loseTheNextAnswer();
                    return t.fail(t.submit(op), "A puppy");
                }),
                of(op, SubmissionUnknownException.class, ACCEPTED, "its id cannot be written", t -> {
                    t.ledgerTrouble = (method, record) ->
                            method.equals("replace") && record != null && record.state() == TaskState.RUNNING;
                    return t.fail(t.submit(op), "A puppy");
                }),
                of(op, TaskFailedException.class, ACCEPTED, "it fails", t -> t.fail(t.submit(op), "A puppy [fail]")),
                of(op, WaitTimedOutException.class, ACCEPTED, "completionTimeout", t -> {
                    t.letTasksRunLong();
                    return t.fail(t.submit(op) + "&completionTimeout=100", "A puppy");
                }),
                of(op, WaitParkedException.class, NOT_SENT, "a stop before its turn", t -> {
                    t.toApis.on(Call.SUBMIT).answer(429, "{}", "Retry-After: 600");
                    return t.failAfter(() -> t.stopAfter(Call.SUBMIT), t.submit(op), "A puppy");
                }),
                of(op, WaitParkedException.class, UNKNOWN, "a stop while it is searched for", t -> {
                    t.loseTheNextAnswer();
                    return t.failAfter(
                            () -> t.stopAfter(Call.STATUS), t.submit(op) + "&recoveryTimeout=600000", "A puppy");
                }),
                of(op, WaitParkedException.class, ACCEPTED, "a stop while it runs", t -> {
                    t.letTasksRunLong();
                    return t.failAfter(() -> t.stopAfter(Call.STATUS), t.submit(op), "A puppy");
                }),
                of(op, ResultExpiredException.class, ACCEPTED, "the service calls it expired", t -> {
                    t.letTasksRunLong();
                    t.toApis.expiredWord("expired");
                    return t.failAfter(
                            () -> {
                                t.awaitCall(Call.STATUS);
                                t.toApis.expire(t.toApis.tasks().get(2).id());
                            },
                            t.submit(op),
                            "A puppy");
                }));
    }
}
