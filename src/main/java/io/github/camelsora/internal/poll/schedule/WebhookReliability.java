package io.github.camelsora.internal.poll.schedule;

import io.github.camelsora.internal.ledger.CompletionSource;
import io.github.camelsora.internal.time.TaskTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the webhooks of one account can be relied upon, which decides how much longer the pauses between polls are. Each
 * completion that a webhook reports first doubles the pauses, up to a few minutes; each one that a poll has to find undoes two
 * doublings. So while one webhook in five is lost polls stay rare, and when webhooks stop, three completions restore the normal
 * schedule. Each node judges by the completions that it has seen itself. Thread-safe.
 */
public final class WebhookReliability {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReliability.class);

    private static final int MOST_DOUBLINGS = 6;
    private static final int LOST_DOUBLINGS = 2;

    /** A video can be downloaded for a day, so one that only a poll finds still has hours left. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** The webhooks of each account: the vendor sends them by account, so they arrive or fail together. Thread-safe. */
    public static final class ByAccount {
        private final ConcurrentMap<String, WebhookReliability> byAccount = new ConcurrentHashMap<>();

        public WebhookReliability of(String account) {
            return byAccount.computeIfAbsent(account, WebhookReliability::new);
        }
    }

    private final String account;
    private int doublings;
    private boolean isReliable;

    WebhookReliability(String account) {
        this.account = account;
    }

    /**
     * A task has completed.
     *
     * @param firstSource what reported it first
     */
    public synchronized void onCompleted(CompletionSource firstSource) {
        switch (firstSource) {
            case WEBHOOK -> doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
            case POLL -> doublings = Math.max(doublings - LOST_DOUBLINGS, 0);
            case STATUS_CALL -> {
                // An operation of a route was first, which says nothing about webhooks.
            }
        }
        if (!isReliable && doublings == MOST_DOUBLINGS) {
            isReliable = true;
            LOG.info("Webhooks of account '{}' arrive in time: its tasks are polled rarely from now on", account);
        } else if (isReliable && doublings == 0) {
            isReliable = false;
            LOG.warn(
                    "Webhooks of account '{}' no longer arrive: its tasks are polled as often as without webhooks. Check the"
                            + " vendor's console, and the network between the vendor and from(\"sora:webhook\")",
                    account);
        }
    }

    /**
     * The time of a poll.
     *
     * @param now the time from which the pause counts
     * @param regular when the poll would be without webhooks
     * @param timeouts how long exchanges wait: a lost webhook must not make one of them time out
     */
    public Instant stretch(Instant now, Instant regular, TaskTimeouts timeouts) {
        Duration longest = min(LONGEST_PAUSE, timeouts.completion().dividedBy(2));
        Duration pause = Duration.between(now, regular);
        Duration longer = min(pause.multipliedBy(1L << doublings()), longest);
        return longer.compareTo(pause) > 0 ? now.plus(longer) : regular;
    }

    /** By how much the pauses between polls are longer than without webhooks; 1 while webhooks are not relied upon. */
    public int stretchFactor() {
        return 1 << doublings();
    }

    private synchronized int doublings() {
        return doublings;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
