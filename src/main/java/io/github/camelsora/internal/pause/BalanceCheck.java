package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.AccountPause.Cause;
import io.github.camelsora.api.Balance;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.RetryingExecutor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries the balance, which is free, once a minute while a pause binds this JVM, and ends the pause when the service no longer
 * gives a reason for it. Each JVM that is bound does so. Thread-safe.
 */
final class BalanceCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BalanceCheck.class);

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final String KEY_REPLACED = "the API key was replaced";

    /** Stands for a price that is not known: as little as the ledger can hold. */
    private static final BigDecimal LEAST_CREDITS = new BigDecimal("0.0001");

    private final AccountPauses pauses;
    private final InstantSource clock;
    private final RetryingExecutor executor;
    private final RepeatedPauses repeated = new RepeatedPauses();
    private final Set<AccountPause> checked = ConcurrentHashMap.newKeySet();

    BalanceCheck(AccountPauses pauses, InstantSource clock, RetryingExecutor executor) {
        this.pauses = pauses;
        this.clock = clock;
        this.executor = executor;
    }

    /** Starts to check a pause, unless that is done already. */
    void start(AccountPause pause) {
        if (checked.add(pause)) {
            repeated.lengthOf(pause);
            schedule(pause);
        }
    }

    private void schedule(AccountPause pause) {
        executor.executeAfter(INTERVAL, () -> check(pause));
    }

    private void check(AccountPause pause) {
        Optional<ServiceProfile> service = pauses.boundBy(pause);
        if (!pauses.isStanding(pause) || service.isEmpty()) {
            // The next renewal of the lease starts it again if it stands and binds again.
            checked.remove(pause);
            return;
        }
        try {
            reasonToEnd(pause, service.get()).ifPresent(why -> pauses.end(pause, why));
        } catch (RuntimeException e) {
            LOG.debug("Account '{}' stays paused: {}", pause.account(), e.getMessage());
        } finally {
            schedule(pause);
        }
    }

    private Optional<String> reasonToEnd(AccountPause pause, ServiceProfile service) {
        // An account without credits has its balance query answered, so the query alone would not read the key again.
        if (service.client().isKeyReplaced()) {
            return Optional.of(KEY_REPLACED);
        }
        Balance balance = service.client().balance();
        if (!AccountPauses.binds(pause, service)) {
            return Optional.of(KEY_REPLACED);
        }
        if (pause.cause() == Cause.KEY_REJECTED) {
            return Optional.of("the service accepts the API key again");
        }
        if (hasNoFigure(balance) && clock.instant().isBefore(pause.pausedAt().plus(repeated.lengthOf(pause)))) {
            return Optional.empty();
        }
        BigDecimal needed = Objects.requireNonNullElse(pause.credits(), LEAST_CREDITS);
        return balance.covers(needed) ? Optional.of("the balance covers a submit") : Optional.empty();
    }

    /** Such a balance covers any submit. That the API key has no limit of its own does not say that the account has none. */
    private static boolean hasNoFigure(Balance balance) {
        return balance.unlimited() || balance.remainingCredits() == null && balance.remainingBalance() == null;
    }
}
