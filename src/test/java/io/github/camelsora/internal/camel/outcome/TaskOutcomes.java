package io.github.camelsora.internal.camel.outcome;

import static io.github.camelsora.api.SubmitOutcome.ACCEPTED;
import static io.github.camelsora.api.SubmitOutcome.NOT_SENT;
import static io.github.camelsora.api.SubmitOutcome.UNKNOWN;
import static io.github.camelsora.internal.camel.outcome.OutcomeCase.of;

import io.github.camelsora.api.AuthenticationException;
import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.DownloadFailedException;
import io.github.camelsora.api.InsufficientCreditsException;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.ResultExpiredException;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SubmissionUnknownException;
import io.github.camelsora.api.TaskFailedException;
import io.github.camelsora.api.TaskNotFoundException;
import io.github.camelsora.api.WaitParkedException;
import io.github.camelsora.api.WaitTimedOutException;
import io.github.camelsora.simulator.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How the other operations end. */
final class TaskOutcomes {
    private static final String AN_HOUR = "Retry-After: 3600";
    private static final String TOO_LONG = "x".repeat(256);

    private TaskOutcomes() {}

    static Stream<OutcomeCase> cases() {
        return Stream.of(questions("status"), await(), download(), balance(), models(), tasks())
                .flatMap(List::stream);
    }

    /** The operations that begin with a query of the task. */
    private static List<OutcomeCase> questions(String op) {
        return List.of(
                of(op, BadRequestException.class, UNKNOWN, "no id", t -> t.fail("sora:" + op, null)),
                of(
                        op,
                        BadRequestException.class,
                        UNKNOWN,
                        "what is no id",
                        t -> t.fail("sora:" + op + "?taskId=..", null)),
                of(op, BadRequestException.class, ACCEPTED, "400", t -> t.asking(op, 400)),
                of(op, BadRequestException.class, ACCEPTED, "422", t -> t.asking(op, 422)),
                of(op, AuthenticationException.class, ACCEPTED, "401", t -> t.asking(op, 401)),
                of(op, InsufficientCreditsException.class, ACCEPTED, "402 for lack of credits", t -> {
                    t.toApis.on(Call.STATUS).answer(402, "{\"error\": {\"code\": \"insufficient_quota\"}}");
                    return t.fail("sora:" + op + "?taskId=" + t.done, null);
                }),
                of(op, TaskNotFoundException.class, ACCEPTED, "404", t -> t.asking(op, 404)),
                of(op, RateLimitedException.class, ACCEPTED, "429", t -> t.asking(op, 429)),
                of(op, RateLimitedException.class, ACCEPTED, "no turn", t -> {
                    t.closeTheGate();
                    return t.fail("sora:" + op + "?responseTimeout=300&taskId=" + t.done, null);
                }),
                of(op, ServiceUnavailableException.class, ACCEPTED, "500", t -> t.asking(op, 500)),
                of(
                        op,
                        ServiceUnavailableException.class,
                        ACCEPTED,
                        "no connection",
                        t -> t.fail("sora:" + op + "?baseUrl=http://127.0.0.1:1&apiKey=k&taskId=" + t.done, null)));
    }

    private static List<OutcomeCase> await() {
        List<OutcomeCase> cases = new ArrayList<>(waits("await"));
        cases.addAll(List.of(
                of("await", BadRequestException.class, UNKNOWN, "no id", t -> t.fail("sora:await", null)),
                of(
                        "await",
                        BadRequestException.class,
                        ACCEPTED,
                        "a header that cannot be kept",
                        t -> t.fail("sora:await?carryHeaders=mine&taskId=" + t.done, null, "mine", new Object())),
                of("await", BadRequestException.class, ACCEPTED, "what the ledger cannot hold", t -> {
                    t.troubleOfLedger = new IllegalArgumentException("The tag is too long");
                    t.ledgerTrouble = (method, record) -> method.equals("add");
                    return t.fail("sora:await?taskId=" + t.done, null);
                }),
                of("await", TaskNotFoundException.class, ACCEPTED, "404 to its polls", t -> {
                    t.toApis.on(Call.STATUS).answer(404, "{}");
                    return t.failAfter(t::letTheGraceOf404Pass, "sora:await?taskId=" + t.done, null);
                })));
        return cases;
    }

    /** What can become of a wait for a task that runs. */
    private static List<OutcomeCase> waits(String op) {
        return List.of(
                of(op, ServiceUnavailableException.class, ACCEPTED, "the ledger is unavailable", t -> {
                    t.ledgerTrouble = (method, record) -> method.equals("findByTaskId");
                    return t.fail("sora:" + op + "?taskId=" + t.running(), null);
                }),
                of(op, ServiceUnavailableException.class, ACCEPTED, "the ledger becomes unavailable", t -> {
                    t.ledgerTrouble = (method, record) -> method.equals("find");
                    return t.fail("sora:" + op + "?taskId=" + t.running(), null);
                }),
                of(op, ServiceUnavailableException.class, ACCEPTED, "maxOpenTasks", t -> {
                    t.replaceLedger(0);
                    return t.fail("sora:" + op + "?taskId=" + t.running(), null);
                }),
                of(op, SubmissionUnknownException.class, ACCEPTED, "its record was forgotten", t -> {
                    String id = t.running();
                    return t.failAfter(
                            () -> {
                                OutcomeTestSupport.soon().until(() -> t.sora()
                                        .ledger()
                                        .find("default", "task:" + id)
                                        .isPresent());
                                t.sora().ledger().forget(t.recordOf("task:" + id), null);
                                t.toApis.complete(id);
                            },
                            "sora:" + op + "?taskId=" + id,
                            null);
                }),
                of(op, TaskFailedException.class, ACCEPTED, "it fails", t -> {
                    String id = t.running();
                    return t.failAfter(
                            () -> {
                                t.awaitCall(Call.STATUS);
                                t.toApis.fail(id, "generation_failed", "No luck");
                            },
                            "sora:" + op + "?taskId=" + id,
                            null);
                }),
                of(
                        op,
                        WaitTimedOutException.class,
                        ACCEPTED,
                        "completionTimeout",
                        t -> t.fail("sora:" + op + "?completionTimeout=100&taskId=" + t.running(), null)),
                of(
                        op,
                        WaitParkedException.class,
                        ACCEPTED,
                        "a stop",
                        t -> t.failAfter(
                                () -> {
                                    t.awaitCall(Call.STATUS);
                                    OutcomeTestSupport.soon()
                                            .until(() -> t.shared().waiting().size() == 1);
                                    t.camel.stop();
                                },
                                "sora:" + op + "?taskId=" + t.running(),
                                null)),
                of(op, ResultExpiredException.class, ACCEPTED, "the service calls it expired", t -> {
                    t.toApis.expiredWord("expired");
                    t.toApis.expire(t.done);
                    return t.fail("sora:" + op + "?taskId=" + t.done, null);
                }));
    }

    private static List<OutcomeCase> download() {
        List<OutcomeCase> cases = new ArrayList<>(questions("download"));
        cases.addAll(waits("download"));
        cases.addAll(List.of(
                of(
                        "download",
                        BadRequestException.class,
                        ACCEPTED,
                        "a name that leaves its directory",
                        t -> t.fail(
                                "sora:download?fileName=${header.name}&taskId=" + t.done,
                                null,
                                "name",
                                "../escaped.mp4")),
                of(
                        "download",
                        BadRequestException.class,
                        ACCEPTED,
                        "a name that is too long",
                        t -> t.fail("sora:download?fileName=${header.name}&taskId=" + t.done, null, "name", TOO_LONG)),
                of(
                        "download",
                        BadRequestException.class,
                        ACCEPTED,
                        "a name that cannot be evaluated",
                        t -> t.fail("sora:download?fileName=${header.nothing}.mp4&taskId=" + t.done, null)),
                of("download", WaitParkedException.class, ACCEPTED, "a stop between two tries", t -> {
                    t.toApis.on(Call.FILE).answer(503, "", AN_HOUR);
                    return t.failAfter(
                            () -> t.stopAfter(Call.FILE), "sora:download?downloadTimeout=2h&taskId=" + t.done, null);
                }),
                of("download", ResultExpiredException.class, ACCEPTED, "its time is over", t -> {
                    t.toApis.expire(t.done);
                    return t.fail("sora:download?taskId=" + t.done, null);
                }),
                of("download", DownloadFailedException.class, ACCEPTED, "404 until downloadTimeout", t -> {
                    t.toApis.on(Call.FILE).answer(404, "");
                    return t.fail("sora:download?downloadTimeout=100&taskId=" + t.done, null);
                }),
                of(
                        "download",
                        DownloadFailedException.class,
                        ACCEPTED,
                        "no such video",
                        t -> t.fail("sora:download?videoIndex=7&taskId=" + t.done, null)),
                of("download", DownloadFailedException.class, ACCEPTED, "a disk that cannot be written to", t -> {
                    Path occupied = Files.createFile(t.videoFolder.resolve("occupied"));
                    return t.fail("sora:download?directory=" + occupied + "&taskId=" + t.done, null);
                }),
                of(
                        "download",
                        DownloadFailedException.class,
                        ACCEPTED,
                        "a host that is not allowed",
                        t -> t.fail("sora:download?allowedHosts=files.example.com&taskId=" + t.done, null))));
        return cases;
    }

    private static List<OutcomeCase> balance() {
        return List.of(
                of("balance", AuthenticationException.class, NOT_SENT, "401", t -> t.askingForMoney(401)),
                of("balance", ServiceUnavailableException.class, NOT_SENT, "429", t -> t.askingForMoney(429)),
                of("balance", ServiceUnavailableException.class, NOT_SENT, "500", t -> t.askingForMoney(500)),
                of(
                        "balance",
                        ServiceUnavailableException.class,
                        NOT_SENT,
                        "no connection",
                        t -> t.fail("sora:balance?baseUrl=http://127.0.0.1:1&apiKey=k", null)),
                of("balance", RateLimitedException.class, NOT_SENT, "no turn", t -> {
                    t.closeTheGate();
                    return t.fail("sora:balance?responseTimeout=300", null);
                }));
    }

    private static List<OutcomeCase> models() {
        return List.of(
                of("models", AuthenticationException.class, NOT_SENT, "401", t -> t.askingForModels(401)),
                of("models", ServiceUnavailableException.class, NOT_SENT, "429", t -> t.askingForModels(429)),
                of("models", ServiceUnavailableException.class, NOT_SENT, "500", t -> t.askingForModels(500)),
                of("models", ServiceUnavailableException.class, NOT_SENT, "no list", t -> t.askingForModels(200)),
                of("models", RateLimitedException.class, NOT_SENT, "no turn", t -> {
                    t.closeTheGate();
                    return t.fail("sora:models?responseTimeout=300", null);
                }));
    }

    private static List<OutcomeCase> tasks() {
        return List.of(
                of(
                        "tasks",
                        TaskFailedException.class,
                        ACCEPTED,
                        "it fails",
                        t -> t.heardByTasks(() -> t.send(t.remix + "&waitForCompletion=false", "A puppy [fail]"))),
                of("tasks", ResultExpiredException.class, ACCEPTED, "the service calls it expired", t -> {
                    t.letTasksRunLong();
                    t.toApis.expiredWord("expired");
                    return t.heardByTasks(() -> {
                        t.fireAndForget("order-1");
                        t.toApis.expire(t.recordOf("order-1").taskId());
                    });
                }),
                of(
                        "tasks",
                        SubmissionUnknownException.class,
                        UNKNOWN,
                        "its answer is lost",
                        t -> t.heardByTasks(() -> t.loseAndForget("order-1"))));
    }
}
