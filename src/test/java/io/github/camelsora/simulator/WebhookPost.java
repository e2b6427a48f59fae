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
 * Where events are sent from: one when a task ends, tried by the vendor's plan until it is accepted or the plan is at
 * its end.
 */
final class WebhookPost implements AutoCloseable {

    /** A crowd of tasks that ends at one moment must not become a crowd of connections. */
    private static final int AT_A_TIME = 64;

    private final SimulatorClock clock;
    private final Settings settings;
    private final Journal journal;
    private final String fileBaseUrl;
    private final Consumer<WebhookDelivery> onWebhook;
    private final Rulebook<WebhookEvent, WebhookRule.Effect> rules = new Rulebook<>();
    private final WebhookClient client = new WebhookClient();
    private final Agenda agenda;
    private volatile Lanes lanes = new Lanes(AT_A_TIME);
    private final Set<Parcel> parcels = new LinkedHashSet<>();
    private final List<Parcel> afterNext = new ArrayList<>();
    private final Map<String, WebhookEvent> events = new HashMap<>();
    private final Set<String> announced = new HashSet<>();

    WebhookPost(
            SimulatorClock clock,
            Settings settings,
            Journal journal,
            String fileBaseUrl,
            Consumer<WebhookDelivery> onWebhook) {
        this.clock = clock;
        this.settings = settings;
        this.journal = journal;
        this.fileBaseUrl = fileBaseUrl;
        this.onWebhook = onWebhook;
        agenda = new Agenda(clock);
    }

    Rulebook<WebhookEvent, WebhookRule.Effect> rules() {
        return rules;
    }

    /** Sends the event of this task when its time has come. */
    void watch(Task task) {
        agenda.at(task.due(), () -> announce(task));
    }

    /** Sends the event of this task if it has ended, once, and by the rules. */
    void announce(Task task) {
        if (task.result(clock.instant()) == null || !firstTime(task) || settings.webhook == null) {
            return;
        }
        Parcel parcel = Parcel.of(event(task), task.callbackUrl());
        keep(parcel);
        try {
            WebhookRule.Effect effect = rules.take(parcel.event());
            if (effect == null) {
                send(parcel);
            } else {
                effect.apply(parcel);
            }
        } catch (RuntimeException e) {
            // Code of the user's, such as a rule's condition: it ends in the books, where somebody will look.
            Instant now = clock.instant();
            parcel.leaves(
                    null,
                    WebhookTry.of(Map.of(), now).answered(now, 0, failed(e).problem()));
            parcel.end();
        }
    }

    private static WebhookClient.Outcome failed(RuntimeException e) {
        return new WebhookClient.Outcome(0, "The simulator failed: " + e);
    }

    /** True once for each task. */
    synchronized boolean firstTime(Task task) {
        return announced.add(task.id());
    }

    /** The one event of a task that has ended. */
    synchronized WebhookEvent event(Task task) {
        return events.computeIfAbsent(task.id(), id -> EventBody.of(task, clock.instant(), settings, fileBaseUrl));
    }

    /** What would be said of a task that is none of ours. */
    WebhookEvent stranger(Task task) {
        return EventBody.of(task, clock.instant(), settings, fileBaseUrl);
    }

    /** Sends it now; what is given back ends with the answer to the first try. */
    CompletableFuture<WebhookDelivery> send(Parcel parcel) {
        keep(parcel);
        attempt(parcel, clock.instant());
        return parcel.firstAnswer();
    }

    void sendLater(Parcel parcel, Duration delay) {
        keep(parcel);
        if (delay.isZero()) {
            send(parcel);
        } else {
            Instant due = clock.instant().plus(delay);
            agenda.at(due, () -> attempt(parcel, due));
        }
    }

    synchronized void sendAfterNext(Parcel parcel) {
        afterNext.add(parcel);
    }

    void sendThrough(Hold gate, Parcel parcel) {
        gate.pass(passed -> {
            if (passed) {
                send(parcel);
            } else {
                parcel.lose();
            }
        });
    }

    private synchronized void keep(Parcel parcel) {
        parcels.add(parcel);
    }

    private synchronized boolean keeps(Parcel parcel) {
        return parcels.contains(parcel);
    }

    /** One try, planned for the time given, which is the present or a little before. */
    private void attempt(Parcel parcel, Instant planned) {
        long began = System.nanoTime();
        int number = parcel.tries();
        Lanes taken = lanes;
        taken.enter(() -> call(parcel, number).thenAccept(outcome -> {
            taken.leave();
            if (outcome != null) {
                Duration took = clock.runs() ? Duration.ofNanos(System.nanoTime() - began) : Duration.ZERO;
                answered(parcel, number, outcome, planned.plus(took));
            }
        }));
    }

    /** Makes the call; what it gives never fails, and is null when there is nowhere to call any more. */
    private CompletableFuture<WebhookClient.Outcome> call(Parcel parcel, int number) {
        WebhookTarget target = settings.webhook;
        if (target == null || !keeps(parcel)) {
            parcel.end();
            return CompletableFuture.completedFuture(null);
        }
        URI url = parcel.callbackUrl() == null ? target.url() : URI.create(parcel.callbackUrl());
        Forgery.Request request;
        try {
            request = request(parcel, target);
        } catch (RuntimeException e) {
            parcel.leaves(url, WebhookTry.of(Map.of(), clock.instant()));
            return CompletableFuture.completedFuture(failed(e));
        }
        boolean arrives = parcel.leaves(url, WebhookTry.of(request.headers, clock.instant()));
        journal.webhookTried(number == 0);
        return arrives
                ? client.post(url, request.headers, request.body, settings.webhookTimeout)
                : CompletableFuture.completedFuture(new WebhookClient.Outcome(0, WebhookTry.LOST));
    }

    private Forgery.Request request(Parcel parcel, WebhookTarget target) {
        InstantSource stamps = settings.webhookTimestamps;
        Instant at = (stamps == null ? clock : stamps).instant();
        Forgery.Request request = new Forgery.Request(parcel.event(), at, target.signer(clock.instant()));
        return parcel.forgery() == null ? request : parcel.forgery().forge(request);
    }

    // The time to count from is when the try would have ended had it begun when it was planned, so that a clock which
    // jumps over several tries brings them all.
    private void answered(Parcel parcel, int number, WebhookClient.Outcome answer, Instant from) {
        if (!keeps(parcel)) {
            return;
        }
        parcel.answered(number, clock.instant(), answer.status(), answer.problem());
        List<Duration> plan = settings.webhookRetryPlan;
        if (answer.isAccepted() || !parcel.isRetried() || number >= plan.size()) {
            if (answer.isAccepted()) {
                journal.webhookAccepted();
            }
            parcel.end();
        } else {
            Instant next = from.plus(plan.get(number));
            agenda.at(next, () -> attempt(parcel, next));
            parcel.tell();
        }
        if (number == 0) {
            sendThoseThatWaited();
        }
        onWebhook.accept(parcel.picture());
    }

    private void sendThoseThatWaited() {
        List<Parcel> waited;
        synchronized (this) {
            waited = new ArrayList<>(afterNext);
            afterNext.clear();
        }
        waited.forEach(this::send);
    }

    /** What became of the events that are meant. */
    synchronized List<WebhookDelivery> deliveries(Predicate<WebhookEvent> meant) {
        return parcels.stream()
                .filter(parcel -> meant.test(parcel.event()))
                .map(Parcel::picture)
                .toList();
    }

    void reset() {
        rules.cut();
        agenda.clear();
        synchronized (this) {
            parcels.clear();
            afterNext.clear();
            events.clear();
            announced.clear();
        }
        lanes = new Lanes(AT_A_TIME);
    }

    @Override
    public void close() {
        agenda.close();
        reset();
        client.close();
    }
}
