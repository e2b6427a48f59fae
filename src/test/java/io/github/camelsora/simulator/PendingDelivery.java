package io.github.camelsora.simulator;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The delivery of an event to a receiver, with its tries so far. Thread-safe. */
final class PendingDelivery {

    private final String callbackUrl;
    private final Forgery forgery;
    private final boolean retried;
    private final CompletableFuture<WebhookDelivery> firstAnswer = new CompletableFuture<>();
    private final List<WebhookTry> tries = new ArrayList<>();
    private WebhookEvent event;
    private URI url;
    private int triesToLose;
    private boolean finished;

    private PendingDelivery(WebhookEvent event, String callbackUrl, Forgery forgery, boolean retried) {
        this.event = event;
        this.callbackUrl = callbackUrl;
        this.forgery = forgery;
        this.retried = retried;
    }

    /** A delivery that is retried by the plan until it is accepted; a null callback URL means the configured one. */
    static PendingDelivery of(WebhookEvent event, String callbackUrl) {
        return new PendingDelivery(event, callbackUrl, null, true);
    }

    synchronized PendingDelivery copy() {
        return new PendingDelivery(event, callbackUrl, forgery, retried);
    }

    /** A forged copy, which is tried once. */
    synchronized PendingDelivery forged(Forgery how) {
        return new PendingDelivery(event, callbackUrl, how, false);
    }

    synchronized WebhookEvent event() {
        return event;
    }

    synchronized void replaceEvent(WebhookEvent other) {
        event = other;
    }

    String callbackUrl() {
        return callbackUrl;
    }

    Forgery forgery() {
        return forgery;
    }

    boolean isRetried() {
        return retried;
    }

    synchronized void loseTries(int count) {
        triesToLose = count;
    }

    /** Records the begin of a try; returns false if a rule loses it. */
    synchronized boolean beginTry(URI to, WebhookTry first) {
        url = to;
        tries.add(first);
        return triesToLose-- <= 0;
    }

    synchronized void answered(int number, Instant now, int status, String problem) {
        tries.set(number, tries.get(number).answered(now, status, problem));
    }

    synchronized int tries() {
        return tries.size();
    }

    void lose() {
        finish();
    }

    void finish() {
        synchronized (this) {
            finished = true;
        }
        completeFirstAnswer();
    }

    /** Completes {@link #firstAnswer}, if it is not completed yet. */
    void completeFirstAnswer() {
        firstAnswer.complete(snapshot());
    }

    CompletableFuture<WebhookDelivery> firstAnswer() {
        return firstAnswer;
    }

    synchronized WebhookDelivery snapshot() {
        return new WebhookDelivery(event, url, forgery, List.copyOf(tries), finished);
    }
}
