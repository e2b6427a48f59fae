package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.time.TaskTimeouts;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the polls of one account may lean on webhooks. Each end that a webhook tells first doubles the pause between polls,
 * until they are only a net of some minutes; each end that a poll has to find takes two doublings back. So while one webhook in
 * five is lost the net stays, and when they stop three ends bring the whole pace back. Several nodes each get their share of both, so
 * each judges by what it has seen itself. Thread-safe.
 */
public final class WebhookReliability {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReliability.class);

    private static final int MOST_DOUBLINGS = 6;
    private static final int LOST_DOUBLINGS = 2;

    /** A video can be downloaded for a day: found by the net, it has hours left. */
    private static final Duration WIDEST_NET = Duration.ofMinutes(5);

    private final String account;
    private int doublings;
    private boolean isANet;

    WebhookReliability(String account) {
        this.account = account;
    }

    /** A task has ended, and this was the first to tell. */
    public synchronized void onCompleted(CompletionSource signal) {
        switch (signal) {
            case WEBHOOK -> doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
            case POLL -> doublings = Math.max(doublings - LOST_DOUBLINGS, 0);
            case STATUS_CALL -> {
                // Says nothing about webhooks: somebody was curious.
            }
        }
        if (!isANet && doublings == MOST_DOUBLINGS) {
            isANet = true;
            LOG.info("Webhooks of account '{}' come in time: polls are only a net from now on", account);
        } else if (isANet && doublings == 0) {
            isANet = false;
            LOG.warn(
                    "Webhooks of account '{}' no longer come, and polls find what has ended, at their whole pace. Look at"
                            + " the vendor's console, and at what stands between it and from(\"sora:webhook\")",
                    account);
        }
    }

    /**
     * The time of a poll.
     *
     * @param now the time from which the pause counts
     * @param regular when it would be without webhooks
     * @param limits how long exchanges wait: a lost webhook must not cost one of them its answer
     */
    public Instant stretch(Instant now, Instant regular, TaskTimeouts limits) {
        Duration net = min(WIDEST_NET, limits.completion().dividedBy(2));
        Duration pause = Duration.between(now, regular);
        Duration longer = min(pause.multipliedBy(1L << doublings()), net);
        return longer.compareTo(pause) > 0 ? now.plus(longer) : regular;
    }

    private synchronized int doublings() {
        return doublings;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
