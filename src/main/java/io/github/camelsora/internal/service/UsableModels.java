package io.github.camelsora.internal.service;

import io.github.camelsora.api.ModelInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which models an account may use, by the service's list for its API key. The list is queried in the background, and nothing waits
 * for it: as long as it is not known, or empty, each model counts as usable. Thread-safe.
 */
public final class UsableModels {
    private static final Logger LOG = LoggerFactory.getLogger(UsableModels.class);

    static final Duration QUERY_PAUSE = Duration.ofMinutes(5);

    /** A message may name any text as its model. */
    static final int MOST_WARNED = 100;

    private static final int MOST_NAMED = 30;

    private final String account;
    /** Whether submits of the model are refused here, by model. */
    private final Map<String, Boolean> unchecked = new LinkedHashMap<>();

    private final Set<String> warned = new HashSet<>();
    private Set<String> listed = Set.of();
    private String listedFor;
    private Instant nextQuery = Instant.MIN;

    public UsableModels(String account) {
        this.account = account;
    }

    /**
     * How the list is queried.
     *
     * @param keyFingerprint the API key that the list is for
     * @param list the query, which blocks for a round trip
     * @param background runs it when the account's rate limiter permits that
     * @param clock for the pauses between two queries
     */
    public record Query(
            String keyFingerprint, Supplier<List<ModelInfo>> list, Executor background, InstantSource clock) {}

    /**
     * Queries the list if it is not known, unless that was done a moment ago.
     *
     * @param query how the list is queried
     */
    public void prepare(Query query) {
        if (listedFor(query).isEmpty()) {
            query(query);
        }
    }

    /**
     * Warns of a model that is not in the list, once: now, or when the list is known.
     *
     * @param model the model of an endpoint or of a submit
     * @param isRefused whether its submits are refused here; else they are sent all the same
     * @param query how the list is queried if it is not known
     */
    public void warn(String model, boolean isRefused, Query query) {
        if (listedFor(query).contains(model)) {
            return;
        }
        // Noted before the list is read again: if the list comes in between, its receiver finds the model.
        note(model, isRefused);
        if (listedFor(query).isEmpty()) {
            query(query);
        } else {
            warnOfUnlisted();
        }
    }

    /**
     * Why a submit for a model is refused.
     *
     * @param model the model of the submit
     * @param query how the list is queried, if it is not known, or may have changed since
     * @return the reason, a sentence without its full stop; empty when the list has the model or is not known
     */
    public Optional<String> refusal(String model, Query query) {
        Set<String> models = listedFor(query);
        if (models.contains(model)) {
            return Optional.empty();
        }
        query(query);
        return models.isEmpty()
                ? Optional.empty()
                : Optional.of("Account '" + account + "' may not use model " + model
                        + ", by the service's list for its API key (modelCheck=refuse). It may use " + inWords(models));
    }

    private synchronized void note(String model, boolean isRefused) {
        if (!warned.contains(model) && warned.size() + unchecked.size() < MOST_WARNED) {
            unchecked.putIfAbsent(model, isRefused);
        }
    }

    private synchronized Set<String> listedFor(Query query) {
        return query.keyFingerprint().equals(listedFor) ? listed : Set.of();
    }

    private void query(Query query) {
        if (isDue(query.clock().instant())) {
            query.background().execute(() -> receive(query));
        }
    }

    private synchronized boolean isDue(Instant now) {
        if (now.isBefore(nextQuery)) {
            return false;
        }
        nextQuery = now.plus(QUERY_PAUSE);
        return true;
    }

    private void receive(Query query) {
        try {
            Set<String> models = query.list().get().stream().map(ModelInfo::id).collect(Collectors.toSet());
            if (models.isEmpty()) {
                LOG.debug("Account '{}': the service lists no models, so none is checked", account);
                return;
            }
            synchronized (this) {
                listed = Set.copyOf(models);
                listedFor = query.keyFingerprint();
            }
        } catch (RuntimeException e) {
            LOG.debug("Account '{}': no model is checked against the service's list: {}", account, e.getMessage());
            return;
        }
        warnOfUnlisted();
    }

    private void warnOfUnlisted() {
        Map<Boolean, List<String>> missing;
        String usable;
        synchronized (this) {
            missing = unchecked.keySet().stream()
                    .filter(model -> !listed.contains(model))
                    .collect(Collectors.groupingBy(unchecked::get));
            unchecked.clear();
            missing.values().forEach(warned::addAll);
            usable = missing.isEmpty() ? "" : inWords(listed);
        }
        missing.forEach((isRefused, models) -> LOG.warn(
                "Account '{}' may not use model {}, by the service's list for its API key, so its submits {}."
                        + " Nothing was sent or paid by this check. The account may use {}. Change the option model, or the"
                        + " models that the key is limited to; modelCheck=off turns this check off",
                account,
                String.join(" and ", models),
                isRefused ? "are refused here before they are sent (modelCheck=refuse)" : "may be rejected",
                usable));
    }

    private static String inWords(Collection<String> models) {
        String names = models.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return models.size() > MOST_NAMED ? names + " and " + (models.size() - MOST_NAMED) + " more" : names;
    }
}
