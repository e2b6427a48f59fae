package io.github.camelsora.internal.camel.console;

import io.github.camelsora.api.AccountPause;
import io.github.camelsora.api.SubmitPlan.LimitLeft;
import io.github.camelsora.internal.pause.PauseRemedy;
import io.github.camelsora.internal.ratelimit.AccountRateLimiter;
import io.github.camelsora.internal.ratelimit.RateLimiterState;
import io.github.camelsora.internal.runtime.ServiceConnection;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.SpendLimits;
import java.util.Optional;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** What is known of an account at a service, as JSON. */
final class AccountState {
    private final SoraRuntime runtime;
    private final ServiceConnection connection;
    private final ServiceProfile service;

    private AccountState(SoraRuntime runtime, ServiceConnection connection) {
        this.runtime = runtime;
        this.connection = connection;
        this.service = connection.profile();
    }

    static JsonObject of(SoraRuntime runtime, ServiceConnection connection) {
        return new AccountState(runtime, connection).read();
    }

    private JsonObject read() {
        AccountRateLimiter limiter = runtime.rateLimiters().of(service.account(), service.baseUrl());
        JsonObject state = new JsonObject();
        state.put("account", service.account());
        state.put("baseUrl", service.baseUrl());
        state.put("pauses", pauses());
        state.put("queuedSubmits", runtime.engine().submits.queued(service.account()));
        state.put("limits", limits());
        state.put("submitLimiter", limiter(limiter.submits().state()));
        state.put("queryLimiter", limiter(limiter.queries().state()));
        state.put(
                "pollsStretchedByWebhooks",
                runtime.engine().webhooks.of(service.account()).stretchFactor());
        return state;
    }

    private JsonArray pauses() {
        JsonArray pauses = new JsonArray();
        runtime.engine().pauses.allOf(service).stream().map(AccountState::pause).forEach(pauses::add);
        return pauses;
    }

    private static JsonObject pause(AccountPause pause) {
        JsonObject state = new JsonObject(pause.toMap());
        state.put("end", PauseRemedy.of(pause));
        return state;
    }

    private JsonArray limits() {
        SpendLimits limits = connection.settings().spend().limits();
        JsonArray states = new JsonArray();
        LedgerReads.read(runtime, ledger -> Optional.of(connection.limitsLeft(ledger)))
                .ifPresentOrElse(known -> known.forEach(left -> states.add(read(left))), () -> limits.ofAccount()
                        .forEach(limit -> states.add(unread(limit.toString()))));
        limits.ofTenant().forEach(limit -> states.add(unread(limit + " for each tenant")));
        return states;
    }

    private static JsonObject read(LimitLeft left) {
        JsonObject state = unread(left.limit());
        state.put("held", left.held());
        state.put("left", left.left());
        return state;
    }

    private static JsonObject unread(String limit) {
        JsonObject state = new JsonObject();
        state.put("limit", limit);
        return state;
    }

    private static JsonObject limiter(RateLimiterState limiter) {
        JsonObject state = new JsonObject();
        state.put("rate", limiter.rate().toString());
        state.put("queued", limiter.queued());
        state.put("inFlight", limiter.inFlight());
        state.put("concurrencyLimit", limiter.concurrencyLimit());
        state.put("held", limiter.isHeld());
        limiter.pausedUntil().ifPresent(until -> state.put("pausedUntil", until.toString()));
        return state;
    }
}
