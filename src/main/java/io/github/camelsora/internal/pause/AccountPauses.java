package io.github.camelsora.internal.pause;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.Operator;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.internal.ledger.NodeLease;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ratelimit.RateLimiters;
import io.github.camelsora.internal.service.KeyProblemListener;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.time.GuardedCall;
import io.github.camelsora.internal.time.RetryingExecutor;
import io.github.camelsora.internal.toapis.KeyProblem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The pauses of accounts that this JVM obeys: those in the ledger, read with each renewal of its lease, and those that it could
 * not write there. Thread-safe.
 */
public final class AccountPauses implements KeyProblemListener {
    /** After so long a pause of a key that this JVM does not use is removed, because no JVM may use the key any more. */
    private static final Duration UNUSED_KEY = Duration.ofDays(1);

    private final TaskLedger ledger;
    private final PauseStore inLedger;
    private final PauseHistory history;
    private final String node;
    private final RateLimiters rateLimiters;
    private final BalanceCheck check;
    private volatile Consumer<AccountPause> onFailing = pause -> {};
    /** All that stand; replaced as a whole, under this monitor, which is held while the ledger is read and written. */
    private volatile StandingPauses standing = StandingPauses.NONE;
    /** Those that have bound this JVM. */
    private final Set<AccountPause> obeyed = new HashSet<>();

    private volatile Collection<ServiceProfile> services = List.of();

    /**
     * Creates it without pauses.
     *
     * @param ledger where the pauses are
     * @param lease of this node
     * @param rateLimiters let no submit of an account start that an operator has paused
     * @param executor where the balance is queried
     * @param recordsHistory whether the ledger is to keep a history
     */
    public AccountPauses(
            TaskLedger ledger,
            NodeLease lease,
            RateLimiters rateLimiters,
            RetryingExecutor executor,
            boolean recordsHistory) {
        this.ledger = ledger;
        this.node = lease.node();
        this.history = new PauseHistory(ledger, node, recordsHistory);
        this.inLedger = new PauseStore(ledger, lease.renewalInterval(), history);
        this.rateLimiters = rateLimiters;
        this.check = new BalanceCheck(this, ledger::now, executor);
    }

    /**
     * Registers what is to be done when a pause begins under which submits fail at once.
     *
     * @param action receives the pause
     */
    public void onFailing(Consumer<AccountPause> action) {
        onFailing = action;
    }

    /** Tells whether a pause binds the submits of a service. */
    public static boolean binds(AccountPause pause, ServiceProfile service) {
        return pause.account().equals(service.account())
                && (pause.isByOperator()
                        || pause.baseUrl().equals(service.baseUrl())
                                && pause.keyFingerprint().equals(service.keyFingerprint()));
    }

    /** The pauses that bind the submits of a service now. Never blocks. */
    public List<AccountPause> allOf(ServiceProfile service) {
        return standing.allOf(service);
    }

    /** The pause that binds the submits of a service now. One under which they fail at once comes first. */
    public Optional<AccountPause> of(ServiceProfile service) {
        return standing.of(service);
    }

    /**
     * The pause that binds a submit whose POST is to start now. Reads the ledger if that was done longer ago than a third of a
     * lease: this JVM may have been frozen, or its housekeeping is late.
     */
    public Optional<AccountPause> beforePost(ServiceProfile service) {
        if (of(service).isEmpty() && inLedger.areStale()) {
            synchronized (this) {
                if (inLedger.areStale()) {
                    obeyTheLedger();
                }
            }
        }
        return of(service);
    }

    private void obeyTheLedger() {
        if (inLedger.areKept()) {
            inLedger.read(found -> replaceStanding(found, "another JVM, or an operator there, has ended it"));
        } else {
            replaceStanding(standing, "");
        }
    }

    /**
     * The pause under which a new submit fails at once. The source of the API key is read again then, at most every five seconds,
     * so that a replaced key is used at once.
     */
    public Optional<AccountPause> failing(ServiceProfile service) {
        Optional<AccountPause> pause = failingPauseOf(service);
        return pause.isPresent() && service.client().isKeyReplaced() ? failingPauseOf(service) : pause;
    }

    private Optional<AccountPause> failingPauseOf(ServiceProfile service) {
        return of(service).filter(pause -> !pause.isByOperator());
    }

    /** The service of this JVM that a pause binds. */
    Optional<ServiceProfile> boundBy(AccountPause pause) {
        return services.stream().filter(service -> binds(pause, service)).findFirst();
    }

    boolean isStanding(AccountPause pause) {
        return standing.all().contains(pause);
    }

    @Override
    public void onKeyProblem(ServiceProfile service, KeyProblem problem, String reason) {
        begin(service, problem, reason, null);
    }

    /**
     * The service has rejected a submit or a query because of the API key or for lack of credits: submits fail from now on.
     * Never throws, because the caller has an answer to handle.
     *
     * @param service the service
     * @param problem what it has rejected
     * @param reason its words
     * @param price the price of the submit in credits; null when it is not known
     */
    public void begin(ServiceProfile service, KeyProblem problem, String reason, BigDecimal price) {
        GuardedCall.run("Pausing account " + service.account(), () -> {
            // Otherwise the key was replaced meanwhile.
            if (problem.keyFingerprint().equals(service.keyFingerprint())) {
                begin(
                        new AccountPause(
                                service.account(),
                                service.baseUrl(),
                                problem.keyFingerprint(),
                                problem.cause(),
                                reason,
                                node,
                                ledger.now(),
                                price),
                        service);
            }
        });
    }

    private synchronized void begin(AccountPause pause, ServiceProfile service) {
        if (failingPauseOf(service).isPresent()) {
            return;
        }
        if (boundBy(pause).isEmpty()) {
            services = Stream.concat(services.stream(), Stream.of(service)).toList();
        }
        inLedger.writeLater(pause);
        replaceStanding(standing.with(pause), "");
        inLedger.writeUnwritten();
    }

    /**
     * Reads the pauses from the ledger. Called with each renewal of this node's lease.
     *
     * @param ofThisJvm the services that this JVM uses
     */
    public synchronized void refresh(Collection<ServiceProfile> ofThisJvm) {
        services = ofThisJvm;
        obeyTheLedger();
        standing.all().stream()
                .filter(this::isOfAnUnusedKey)
                .toList()
                .forEach(pause -> end(pause, "the API key is another one now"));
    }

    /**
     * Not at once if this JVM never used the key: another JVM may use it until it is restarted, and would be rejected again and
     * again.
     */
    private boolean isOfAnUnusedKey(AccountPause pause) {
        boolean isUsedHere = services.stream()
                .anyMatch(service -> pause.account().equals(service.account())
                        && pause.baseUrl().equals(service.baseUrl()));
        boolean isOld = pause.pausedAt().plus(UNUSED_KEY).isBefore(ledger.now());
        return !pause.isByOperator() && isUsedHere && boundBy(pause).isEmpty() && (obeyed.contains(pause) || isOld);
    }

    /** From now on these pauses stand; the others have ended, for the reason that is given. */
    private void replaceStanding(StandingPauses now, String whyEnded) {
        StandingPauses before = standing;
        // The limiter holds submits as long as they are paused, and a moment longer: it must not start one in vain.
        Set<String> held = new HashSet<>(before.heldAccounts());
        held.addAll(now.heldAccounts());
        rateLimiters.holdSubmitsOf(held);
        standing = now;
        rateLimiters.holdSubmitsOf(now.heldAccounts());
        before.all().stream().filter(pause -> now.inPlaceOf(pause).isEmpty()).forEach(pause -> {
            if (obeyed.removeIf(pause::isInPlaceOf)) {
                PauseLog.ended(pause, whyEnded, now.ofAccount(pause.account()).filter(this::bindsThisJvm));
            }
        });
        now.all().stream().filter(this::bindsThisJvm).forEach(this::obey);
    }

    private boolean bindsThisJvm(AccountPause pause) {
        return pause.isByOperator() || boundBy(pause).isPresent();
    }

    private void obey(AccountPause pause) {
        boolean isNew = obeyed.stream().noneMatch(pause::isInPlaceOf);
        obeyed.add(pause);
        if (isNew) {
            PauseLog.began(pause);
        }
        if (!pause.isByOperator()) {
            check.start(pause);
            if (isNew) {
                onFailing.accept(pause);
            }
        }
    }

    /** Ends a pause whose cause has ended. */
    synchronized void end(AccountPause pause, String why) {
        if (remove(pause, why)) {
            history.resumedByItself(pause, why);
        }
    }

    /** False when it was not in the ledger any more, so that another JVM has ended it. */
    private boolean remove(AccountPause pause, String why) {
        boolean isRemoved = inLedger.remove(pause);
        replaceStanding(standing.without(pause), why);
        return isRemoved;
    }

    /**
     * Pauses an account by command of an operator: its submits wait.
     *
     * @param account the account
     * @param by who pauses it, and why
     * @throws IllegalArgumentException if there is no reason, or the account is paused already
     * @throws UnsupportedOperationException if the ledger keeps no pauses
     */
    public synchronized void pause(String account, Operator by) {
        if (account == null || account.isBlank() || by.reason() == null) {
            throw new IllegalArgumentException(
                    "An account is paused by its name and with a reason, which is shown to those whose submits wait");
        }
        if (account.length() > TaskKey.LONGEST_ACCOUNT) {
            throw new IllegalArgumentException("An account has at most " + TaskKey.LONGEST_ACCOUNT + " characters, not "
                    + account.length() + ". Nothing was changed");
        }
        AccountPause pause = AccountPause.byOperator(account, by.reason(), by.actor(), ledger.now());
        boolean isAdded = inLedger.add(pause);
        if (isAdded) {
            history.paused(pause, by);
        }
        obeyTheLedger();
        if (!isAdded) {
            AccountPause other = standing.inPlaceOf(pause).orElse(pause);
            throw new IllegalArgumentException("Account '" + account + "' is paused already, by " + other.actor()
                    + " since " + other.pausedAt() + ": " + other.reason() + ". Nothing was changed");
        }
    }

    /**
     * Ends all pauses of an account by command of an operator, also those after an answer of the service.
     *
     * @param account the account
     * @param by who resumes it, and why
     * @throws IllegalArgumentException if it is not paused
     */
    public synchronized void resume(String account, Operator by) {
        obeyTheLedger();
        List<AccountPause> pauses = standing.ofAccount(account).toList();
        if (pauses.isEmpty()) {
            throw new IllegalArgumentException("Account '" + account + "' is not paused. Nothing was changed");
        }
        pauses.forEach(pause -> remove(pause, "an operator has resumed the account"));
        history.resumed(account, pauses, by);
    }
}
