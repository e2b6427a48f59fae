package io.github.camelsora.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Processes a submit: validates it, charges the account and creates the task. */
final class SubmitCall {

    private final SimulatorClock clock;
    private final Settings settings;
    private final Tasks tasks;
    private final RequestLog log;
    private final Supplier<String> ids;
    private final WebhookSender webhooks;

    SubmitCall(
            SimulatorClock clock,
            Settings settings,
            Tasks tasks,
            RequestLog log,
            Supplier<String> ids,
            WebhookSender post) {
        this.clock = clock;
        this.settings = settings;
        this.tasks = tasks;
        this.log = log;
        this.ids = ids;
        this.webhooks = post;
    }

    Answer answer(Call call, String sourceId, ReceivedRequest received, Account account, String apiKey) {
        ObjectNode request = SubmitRules.read(received.body());
        SubmitRules.check(call, request);
        String model = SubmitRules.model(call, request);
        EndedModel ended = settings.endedModels.get(model);
        if (ended != null) {
            throw ended.rejection(model);
        }
        if (settings.lookup == LookUp.REJECT && request.has("client_business_id")) {
            throw ApiErrorException.invalid("Unknown parameter: client_business_id");
        }
        checkCallback(request);
        Instant now = clock.instant();
        if (call != Call.SUBMIT_GENERATION) {
            checkSource(account, sourceId, now);
        }
        String prompt = request.get("prompt").textValue();
        if (prompt.contains(settings.refusedWord)) {
            throw new ApiErrorException(ApiError.CONTENT_POLICY_VIOLATION);
        }
        Duration duration = settings.taskDuration.apply(request);
        Task.Order order = new Task.Order(
                ids.get(), call, account.name(), apiKey, sourceId, request, now, settings.priceOf(model));
        return accept(new Task(order, duration, prompt.contains(settings.failingWord), settings.replicaLag), account);
    }

    private void checkCallback(ObjectNode request) {
        WebhookTarget webhook = settings.webhook;
        String url = SubmitRules.text(request, "callback_url");
        if (request.has("callback_url") && (webhook == null || url == null || !webhook.allows(url))) {
            throw new ApiErrorException(ApiError.WEBHOOK_NOT_CONFIGURED);
        }
    }

    private void checkSource(Account account, String sourceId, Instant now) {
        Task source = tasks.find(account.name(), sourceId)
                .orElseThrow(
                        () -> new ApiErrorException(ApiError.TASK_NOT_FOUND, "Video %s not found".formatted(sourceId)));
        if (source.isPrivate()) {
            throw ApiErrorException.invalid("Video %s is private and cannot be used".formatted(sourceId));
        }
        if (source.state(now) != TaskState.COMPLETED) {
            throw ApiErrorException.invalid("Video %s is not completed and cannot be used".formatted(sourceId));
        }
    }

    private Answer accept(Task task, Account account) {
        long price = task.order().price();
        if (!account.charge(task.order().apiKey(), price)) {
            throw new ApiErrorException(ApiError.INSUFFICIENT_QUOTA);
        }
        tasks.add(task);
        log.accepted(task.businessId(), price);
        webhooks.scheduleEvent(task);
        return Answer.json(200, SubmitAnswer.of(task, settings));
    }
}
