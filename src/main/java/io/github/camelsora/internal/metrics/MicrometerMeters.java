package io.github.camelsora.internal.metrics;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.Booking;
import io.github.camelsora.api.HistoryEntry;
import io.github.camelsora.api.RateLimitedException;
import io.github.camelsora.api.SubmitOutcome;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.api.TaskState;
import io.github.camelsora.internal.ledger.Change;
import io.github.camelsora.internal.toapis.QueryAnswer;
import io.github.camelsora.internal.toapis.TaskJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters in a registry of Micrometer. It loads only where one was found. */
public final class MicrometerMeters implements Meters {
    private static final Logger LOG = LoggerFactory.getLogger(MicrometerMeters.class);

    static final int MOST_MODELS = 50;
    static final int MOST_ACCOUNTS = 100;

    private static final String ACCOUNT = "account";

    private final OwnMeters own;
    // Not looked up for each call to the ledger.
    private final Timer ledgerLatency;
    private final Counter ledgerErrors;
    private final BoundedTag models = new BoundedTag(MOST_MODELS);
    private final BoundedTag accounts = new BoundedTag(MOST_ACCOUNTS);
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private volatile boolean hasFailed;

    /**
     * Creates the meters of a component.
     *
     * @param registry the registry, a {@code MeterRegistry}; named by no type, so that the caller loads without Micrometer
     * @param component the name of the component
     */
    public MicrometerMeters(Object registry, String component) {
        own = OwnMeters.in((MeterRegistry) registry, component);
        ledgerLatency = own.timer(MeterName.LEDGER_LATENCY, Tags.empty());
        ledgerErrors = own.counter(MeterName.LEDGER_ERRORS, Tags.empty());
    }

    @Override
    public void changed(HistoryEntry entry, Change change) {
        measure(() -> change.written().ifPresent(after -> changed(entry, change.before(), after)));
    }

    private void changed(HistoryEntry entry, TaskRecord before, TaskRecord after) {
        count(MeterName.CREDITS, after.account(), newlyCharged(before, after), "kind", "charged");
        if (entry.from() == entry.to()) {
            return;
        }
        if (after.state() == TaskState.ENDED && (before == null || before.result() == null)) {
            ended(after);
        } else if (after.state() == TaskState.DELIVERED) {
            delivery(after.account(), "delivered");
        } else if (entry.event().equals("DeliveryExhausted")) {
            delivery(after.account(), "set_aside");
        }
    }

    private static double newlyCharged(TaskRecord before, TaskRecord after) {
        BigDecimal charged = after.price().charged();
        if (charged == null) {
            return 0;
        }
        BigDecimal known = before == null ? null : before.price().charged();
        return known == null ? charged.doubleValue() : charged.subtract(known).doubleValue();
    }

    private void ended(TaskRecord record) {
        if (record.times().acceptedAt() == null) {
            return;
        }
        String status = word(TaskJson.read(record.result()).status());
        Tags tags = tags(record.account(), "model", models.of(record.origin().model()), "status", status);
        own.timer(MeterName.TASK_DURATION, tags)
                .record(Duration.between(
                        record.times().acceptedAt(), record.times().endedAt()));
    }

    @Override
    public void booked(Booking booking) {
        double amount = booking.amount() == null ? 0 : booking.amount().doubleValue();
        String kind = amount < 0 ? "released" : "held";
        measure(() -> count(MeterName.CREDITS, booking.account(), Math.abs(amount), "kind", kind));
    }

    @Override
    public void called(long nanos, boolean isFailed) {
        if (own.isClosed()) {
            return;
        }
        // Without a lambda: a call may have failed for want of memory, and its failure must stay the one that is
        // thrown.
        try {
            ledgerLatency.record(nanos, TimeUnit.NANOSECONDS);
            if (isFailed) {
                ledgerErrors.increment();
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    @Override
    public void submitEnded(String account, String model, SubmitOutcome outcome) {
        measure(() -> count(MeterName.SUBMITS, account, 1, "outcome", word(outcome), "model", models.of(model)));
    }

    @Override
    public void polled(String account, QueryAnswer answer) {
        measure(() -> count(MeterName.POLLS, account, 1, "result", result(answer)));
    }

    private static String result(QueryAnswer answer) {
        if (answer instanceof QueryAnswer.Found found) {
            return found.task().status().isTerminal() ? "ended" : "running";
        }
        if (answer instanceof QueryAnswer.NotFound) {
            return "not_found";
        }
        if (answer instanceof QueryAnswer.Rejected) {
            return "rejected";
        }
        return answer.failure() instanceof RateLimitedException ? "rate_limited" : "unavailable";
    }

    @Override
    public void rateLimited(String account) {
        measure(() -> count(MeterName.RATE_LIMITED, account, 1));
    }

    @Override
    public void webhookReceived(String account, String result) {
        measure(() -> count(MeterName.WEBHOOKS, account, 1, "result", result));
    }

    @Override
    public void webhookLag(String account, Duration lag) {
        // The service's clock may be ahead of ours.
        measure(() -> own.timer(MeterName.WEBHOOK_LAG, tags(account)).record(lag.isNegative() ? Duration.ZERO : lag));
    }

    @Override
    public void deliveryFailed(String account) {
        measure(() -> delivery(account, "failed"));
    }

    private void delivery(String account, String result) {
        count(MeterName.DELIVERIES, account, 1, "result", result);
    }

    @Override
    public void downloaded(String account, long bytes) {
        measure(() -> count(MeterName.DOWNLOAD_BYTES, account, bytes));
    }

    @Override
    public void watch(String account, Figures figures) {
        measure(() -> {
            if (accounts.isKnown(account) && watched.add(account)) {
                countFromZero(account);
                figures.watch(account);
                own.gauge(MeterName.SUBMIT_QUEUE, tags(account), figures, seen -> seen.queued(account));
                for (AccountPause.Cause cause : AccountPause.Cause.values()) {
                    own.gauge(
                            MeterName.ACCOUNT_PAUSES,
                            tags(account, "cause", word(cause)),
                            figures,
                            seen -> seen.pauses(account, cause));
                }
                own.gauge(
                        MeterName.OLDEST_UNDELIVERED, tags(account), figures, seen -> seen.oldestUndelivered(account));
                for (TaskState state : LedgerFigures.COUNTED) {
                    own.gauge(
                            MeterName.TASKS_OPEN,
                            tags(account, "state", word(state)),
                            figures,
                            seen -> seen.open(account, state));
                }
            }
        });
    }

    /** What alerts watch begins at zero: an increase from nothing is none to a monitoring. */
    private void countFromZero(String account) {
        own.counter(MeterName.RATE_LIMITED, tags(account));
        for (String result : List.of("delivered", "failed", "set_aside")) {
            own.counter(MeterName.DELIVERIES, tags(account, "result", result));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Tags tags(String account, String... more) {
        return Tags.of(more).and(ACCOUNT, accounts.of(account));
    }

    private void count(MeterName meter, String account, double amount, String... more) {
        if (amount > 0) {
            own.counter(meter, tags(account, more)).increment(amount);
        }
    }

    /** A registry is a user's, with filters of the user's: whatever it throws must not touch what was paid for. */
    private void measure(Runnable measurement) {
        if (own.isClosed()) {
            return;
        }
        try {
            measurement.run();
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.warn(
                    "The meter registry has failed, so a meter of the component is wrong. Tasks are not touched. Further failures"
                            + " are not logged",
                    cause);
        }
    }

    @Override
    public void close() {
        own.close();
    }
}
