package io.github.camelsora.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sends the event of each task that ends, and retries it by the vendor's plan until it is accepted or the plan is at its
 * end.
 */
final class WebhookSender implements AutoCloseable {

    /** Many tasks that end at the same time must not open as many connections. */
    private static final int MAX_CONCURRENT = 64;

    private final SimulatorClock clock;
    private final Settings settings;
    private final RequestLog log;
    private final String fileBaseUrl;
    private final Consumer<WebhookDelivery> onWebhook;
    private final RuleList<WebhookEvent, WebhookRule.Effect> rules = new RuleList<>();
    private final WebhookClient client = new WebhookClient();
    private final ClockScheduler scheduler;
    private volatile ConcurrencyLimit concurrency = new ConcurrencyLimit(MAX_CONCURRENT);
    private final Set<PendingDelivery> deliveries = new LinkedHashSet<>();
    private final List<PendingDelivery> postponed = new ArrayList<>();
    private final Map<String, WebhookEvent> events = new HashMap<>();
    private final Set<String> tasksWithEvent = new HashSet<>();

    WebhookSender(
            SimulatorClock clock,
            Settings settings,
            RequestLog log,
            String fileBaseUrl,
            Consumer<WebhookDelivery> onWebhook) {
        this.clock = clock;
        this.settings = settings;
        this.log = log;
        this.fileBaseUrl = fileBaseUrl;
        this.onWebhook = onWebhook;
        scheduler = new ClockScheduler(clock);
    }

    RuleList<WebhookEvent, WebhookRule.Effect> rules() {
        return rules;
    }

    /** Schedules the event of a task for its end. */
    void scheduleEvent(Task task) {
        scheduler.schedule(task.due(), () -> sendEventOf(task));
    }

    /** Sends the event of a task by the rules, if the task has ended and had no event yet. */
    void sendEventOf(Task task) {
        if (task.result(clock.instant()) == null || !markEventCreated(task) || settings.webhook == null) {
            return;
        }
        PendingDelivery delivery = PendingDelivery.of(event(task), task.callbackUrl());
        add(delivery);
        try {
            WebhookRule.Effect effect = rules.firstEffect(delivery.event());
            if (effect == null) {
                send(delivery);
            } else {
                effect.apply(delivery);
            }
        } catch (RuntimeException e) {
            // A test's own code, such as the condition of a rule, has thrown: the delivery reports that.
            Instant now = clock.instant();
            delivery.beginTry(
                    null,
                    WebhookTry.of(Map.of(), now).answered(now, 0, failed(e).problem()));
            delivery.finish();
        }
    }

    private static WebhookClient.Outcome failed(RuntimeException e) {
        return new WebhookClient.Outcome(0, "The simulator failed: " + e);
    }

    /** Returns true for the first call for a task. */
    synchronized boolean markEventCreated(Task task) {
        return tasksWithEvent.add(task.id());
    }

    /** The one event of a task that has ended. */
    synchronized WebhookEvent event(Task task) {
        return events.computeIfAbsent(task.id(), id -> EventBody.of(task, clock.instant(), settings, fileBaseUrl));
    }

    /** A new event for a copy of a task, or for an unknown one. */
    WebhookEvent unrecordedEvent(Task task) {
        return EventBody.of(task, clock.instant(), settings, fileBaseUrl);
    }

    /** Sends it now. The future completes with the answer to the first try. */
    CompletableFuture<WebhookDelivery> send(PendingDelivery delivery) {
        add(delivery);
        attempt(delivery, clock.instant());
        return delivery.firstAnswer();
    }

    void sendLater(PendingDelivery delivery, Duration delay) {
        add(delivery);
        if (delay.isZero()) {
            send(delivery);
        } else {
            Instant due = clock.instant().plus(delay);
            scheduler.schedule(due, () -> attempt(delivery, due));
        }
    }

    synchronized void sendAfterNext(PendingDelivery delivery) {
        postponed.add(delivery);
    }

    void sendThrough(Hold hold, PendingDelivery delivery) {
        hold.pass(passed -> {
            if (passed) {
                send(delivery);
            } else {
                delivery.lose();
            }
        });
    }

    private synchronized void add(PendingDelivery delivery) {
        deliveries.add(delivery);
    }

    private synchronized boolean contains(PendingDelivery delivery) {
        return deliveries.contains(delivery);
    }

    /** Makes one try. It was scheduled for the given time, which is now or just before. */
    private void attempt(PendingDelivery delivery, Instant planned) {
        long began = System.nanoTime();
        int number = delivery.tries();
        ConcurrencyLimit limit = concurrency;
        limit.acquire(() -> call(delivery, number).thenAccept(outcome -> {
            limit.release();
            if (outcome != null) {
                Duration took = clock.isRunning() ? Duration.ofNanos(System.nanoTime() - began) : Duration.ZERO;
                answered(delivery, number, outcome, planned.plus(took));
            }
        }));
    }

    /** Sends the request. The future never fails; its value is null if webhooks were turned off or reset. */
    private CompletableFuture<WebhookClient.Outcome> call(PendingDelivery delivery, int number) {
        WebhookTarget target = settings.webhook;
        if (target == null || !contains(delivery)) {
            delivery.finish();
            return CompletableFuture.completedFuture(null);
        }
        URI url = delivery.callbackUrl() == null ? target.url() : URI.create(delivery.callbackUrl());
        Forgery.Request request;
        try {
            request = request(delivery, target);
        } catch (RuntimeException e) {
            delivery.beginTry(url, WebhookTry.of(Map.of(), clock.instant()));
            return CompletableFuture.completedFuture(failed(e));
        }
        boolean arrives = delivery.beginTry(url, WebhookTry.of(request.headers, clock.instant()));
        log.webhookTried(number == 0);
        return arrives
                ? client.post(url, request.headers, request.body, settings.webhookTimeout)
                : CompletableFuture.completedFuture(new WebhookClient.Outcome(0, WebhookTry.LOST));
    }

    private Forgery.Request request(PendingDelivery delivery, WebhookTarget target) {
        InstantSource stamps = settings.webhookTimestamps;
        Instant at = (stamps == null ? clock : stamps).instant();
        Forgery.Request request = new Forgery.Request(delivery.event(), at, target.signer(clock.instant()));
        return delivery.forgery() == null ? request : delivery.forgery().forge(request);
    }

    // The next wait begins when the try would have ended had it begun on schedule, so that a clock which jumps over
    // several tries causes all of them.
    private void answered(PendingDelivery delivery, int number, WebhookClient.Outcome answer, Instant from) {
        if (!contains(delivery)) {
            return;
        }
        delivery.answered(number, clock.instant(), answer.status(), answer.problem());
        List<Duration> plan = settings.webhookRetryPlan;
        if (answer.isAccepted() || !delivery.isRetried() || number >= plan.size()) {
            if (answer.isAccepted()) {
                log.webhookAccepted();
            }
            delivery.finish();
        } else {
            Instant next = from.plus(plan.get(number));
            scheduler.schedule(next, () -> attempt(delivery, next));
            delivery.completeFirstAnswer();
        }
        if (number == 0) {
            sendPostponed();
        }
        onWebhook.accept(delivery.snapshot());
    }

    private void sendPostponed() {
        List<PendingDelivery> waited;
        synchronized (this) {
            waited = new ArrayList<>(postponed);
            postponed.clear();
        }
        waited.forEach(this::send);
    }

    /** Snapshots of the deliveries whose event matches. */
    synchronized List<WebhookDelivery> deliveries(Predicate<WebhookEvent> condition) {
        return deliveries.stream()
                .filter(delivery -> condition.test(delivery.event()))
                .map(PendingDelivery::snapshot)
                .toList();
    }

    void reset() {
        rules.clearAndCut();
        scheduler.clear();
        synchronized (this) {
            deliveries.clear();
            postponed.clear();
            events.clear();
            tasksWithEvent.clear();
        }
        concurrency = new ConcurrencyLimit(MAX_CONCURRENT);
    }

    @Override
    public void close() {
        scheduler.close();
        reset();
        client.close();
    }
}
