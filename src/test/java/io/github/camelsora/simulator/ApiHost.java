package io.github.camelsora.simulator;

import java.util.Optional;

/** The API host: authenticates, limits and answers each call. */
final class ApiHost {

    private static final String BEARER = "Bearer ";

    private final SimulatorClock clock;
    private final Settings settings;
    private final Accounts accounts;
    private final Tasks tasks;
    private final RequestLog log;
    private final RequestHandler handler;
    private final SubmitCall submit;
    private final Limits limits;
    private final String fileBaseUrl;

    ApiHost(
            SimulatorClock clock,
            Settings settings,
            Accounts accounts,
            Tasks tasks,
            RequestLog log,
            RequestHandler handler,
            SubmitCall submit,
            Limits limits,
            String fileBaseUrl) {
        this.clock = clock;
        this.settings = settings;
        this.accounts = accounts;
        this.tasks = tasks;
        this.log = log;
        this.handler = handler;
        this.submit = submit;
        this.limits = limits;
        this.fileBaseUrl = fileBaseUrl;
    }

    Answer answer(WireRequest incoming) {
        boolean openAi = settings.openAiVideos;
        Route route = Route.of(incoming, openAi);
        ReceivedRequest request = handler.receive(openAi ? OpenAiVideos.read(incoming) : incoming, route.call());
        if (route.call() == Call.STATUS) {
            countQuery(request, route.id());
        }
        return handler.answer(request, () -> process(request, route));
    }

    private Answer process(ReceivedRequest request, Route route) {
        if (route.error() != null) {
            throw route.error();
        }
        String key = key(request);
        Account account = accounts.ofKey(key).orElseThrow(() -> new ApiErrorException(ApiError.UNAUTHORIZED));
        Limits.Decision decision = limits.count(route.call(), account, clock.instant());
        if (!decision.isAllowed()) {
            log.limited();
            ApiError error = ApiError.RATE_LIMIT_EXCEEDED;
            return settings.errorShape.answer(error, error.message()).with(decision.headers());
        }
        return process(request, route, account, key).with(decision.headers());
    }

    private Answer process(ReceivedRequest request, Route route, Account account, String key) {
        return switch (route.call()) {
            case SUBMIT_REMIX, SUBMIT_EXTEND, SUBMIT_GENERATION ->
                submit.answer(route.call(), route.id(), request, account, key);
            case STATUS ->
                Answer.json(
                        200, StatusAnswer.of(existing(account, route.id()), clock.instant(), settings, fileBaseUrl));
            case BALANCE ->
                Answer.json(
                        200,
                        request.path().equals("/v1/balance")
                                ? BalanceAnswer.ofToken(account, key)
                                : BalanceAnswer.ofAccount(account));
            case FILE -> OpenAiVideos.content(request, existing(account, route.id()), clock.instant(), settings);
            case MODELS -> Answer.json(200, ModelsAnswer.of(request, settings));
            default -> throw new IllegalStateException("No such call: " + route);
        };
    }

    private Task existing(Account account, String id) {
        return find(account, id)
                .filter(Task::countQuery)
                .orElseThrow(() -> new ApiErrorException(ApiError.TASK_NOT_FOUND, "Task %s not found".formatted(id)));
    }

    private Optional<Task> find(Account account, String id) {
        Optional<Task> task = tasks.find(account.name(), id);
        return task.isPresent() || settings.lookup != LookUp.ON ? task : tasks.findByBusinessId(account.name(), id);
    }

    private void countQuery(ReceivedRequest request, String id) {
        log.queried(id);
        accounts.ofKey(key(request))
                .flatMap(account -> find(account, id))
                .map(Task::id)
                .filter(taskId -> !taskId.equals(id))
                .ifPresent(log::queried);
    }

    private static String key(ReceivedRequest request) {
        String authorization = request.header("Authorization").orElse("");
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? authorization.substring(BEARER.length()).trim() : "";
    }
}
