package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** The API: who calls, where to, and what the call is answered. */
final class ApiHost {

    private static final String BEARER = "Bearer ";

    private final SimulatorClock clock;
    private final Settings settings;
    private final Accounts accounts;
    private final Tasks tasks;
    private final Journal journal;
    private final Reception reception;
    private final SubmitCall submit;
    private final Limits limits;
    private final String fileBaseUrl;

    ApiHost(
            SimulatorClock clock,
            Settings settings,
            Accounts accounts,
            Tasks tasks,
            Journal journal,
            Reception reception,
            SubmitCall submit,
            Limits limits,
            String fileBaseUrl) {
        this.clock = clock;
        this.settings = settings;
        this.accounts = accounts;
        this.tasks = tasks;
        this.journal = journal;
        this.reception = reception;
        this.submit = submit;
        this.limits = limits;
        this.fileBaseUrl = fileBaseUrl;
    }

    Answer answer(Incoming incoming) {
        Route route = Route.of(incoming);
        ReceivedRequest request = reception.receive(incoming, route.call());
        if (route.call() == Call.STATUS) {
            countLook(request, route.id());
        }
        return reception.answer(request, () -> process(request, route));
    }

    private Answer process(ReceivedRequest request, Route route) {
        if (route.refusal() != null) {
            throw route.refusal();
        }
        String key = key(request);
        Account account = accounts.ofKey(key).orElseThrow(() -> new Refusal(ApiError.UNAUTHORIZED));
        Limits.Reply reply = limits.count(route.call(), account, clock.instant());
        if (!reply.isAllowed()) {
            journal.limited();
            ApiError error = ApiError.RATE_LIMIT_EXCEEDED;
            return settings.errorShape.answer(error, error.message()).with(reply.headers());
        }
        return process(request, route, account, key).with(reply.headers());
    }

    private Answer process(ReceivedRequest request, Route route, Account account, String key) {
        return switch (route.call()) {
            case SUBMIT_REMIX, SUBMIT_GENERATION -> submit.answer(route.call(), route.id(), request, account, key);
            case STATUS -> Answer.json(200, status(account, route.id()));
            case BALANCE ->
                Answer.json(
                        200,
                        request.path().equals("/v1/balance")
                                ? BalanceAnswer.ofToken(account, key)
                                : BalanceAnswer.ofAccount(account));
            default -> throw new IllegalStateException("No such call: " + route);
        };
    }

    private JsonNode status(Account account, String id) {
        Instant now = clock.instant();
        return find(account, id)
                .filter(Task::look)
                .map(task -> StatusAnswer.of(task, now, settings, fileBaseUrl))
                .orElseThrow(() -> new Refusal(ApiError.TASK_NOT_FOUND, "Task %s not found".formatted(id)));
    }

    private Optional<Task> find(Account account, String id) {
        Optional<Task> task = tasks.find(account.name(), id);
        return task.isPresent() || settings.lookup != LookUp.ON ? task : tasks.findByBusinessId(account.name(), id);
    }

    private void countLook(ReceivedRequest request, String id) {
        journal.asked(id);
        accounts.ofKey(key(request))
                .flatMap(account -> find(account, id))
                .map(Task::id)
                .filter(taskId -> !taskId.equals(id))
                .ifPresent(journal::asked);
    }

    private static String key(ReceivedRequest request) {
        String authorization = request.header("Authorization").orElse("");
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? authorization.substring(BEARER.length()).trim() : "";
    }
}
