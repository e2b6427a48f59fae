package io.github.camelsora.internal.camel;

import io.github.camelsora.api.Balance;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.runtime.HttpClientFactory;
import io.github.camelsora.internal.runtime.ServiceConnection;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.track.DeliveryNotifier;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the producers and consumers of an endpoint work with: its settings, its service, and what the component shares. */
public final class EndpointContext {
    private final ComponentContext component;
    private final EndpointSettings settings;
    private final ServiceConnection connection;

    public EndpointContext(ComponentContext component, EndpointSettings settings) {
        this.component = component;
        this.settings = settings;
        this.connection = new ServiceConnection(settings.service(), component.history());
    }

    /** Connects the endpoint, if it asks the service for anything. The component must be started. */
    public void open() throws Exception {
        if (settings.operation().needsApiKey()) {
            component.open(connection);
        }
    }

    /** Disconnects the endpoint. */
    public void close() {
        if (settings.operation().needsApiKey()) {
            component.close(connection);
        }
    }

    public EndpointSettings settings() {
        return settings;
    }

    /** The name of the account that pays. */
    public String account() {
        return settings.service().connection().account();
    }

    /** What runs since the last start of the component. */
    public SoraRuntime runtime() {
        return component.runtime();
    }

    /** Wakes routes that receive tasks. */
    public DeliveryNotifier notifier() {
        return component.notifier();
    }

    /** The exchanges that wait, or have waited and are not done. */
    Set<WaitingExchange> waiting() {
        return component.waiting();
    }

    /** The service as this endpoint sees it; null until the endpoint has started. */
    public ServiceProfile service() {
        return connection.profile();
    }

    public HttpClientFactory.Clients clients() {
        return connection.clients();
    }

    /** Asks the service once for a task. An end that is found this way counts like that of a poll. */
    VideoTask see(String taskId) {
        return runtime().statusQueries().ask(service(), taskId);
    }

    /**
     * Asks the service once for a task, when the rate limiter permits it, and changes nothing. It holds the thread that
     * long.
     */
    public VideoTask askInTurn(String taskId) {
        FutureTask<VideoTask> question =
                new FutureTask<>(() -> runtime().statusQueries().look(service(), taskId));
        Instant now = runtime().ledger().now();
        long patience = settings.service().connection().responseTimeout().toMillis();
        runtime()
                .queries()
                .queryLimiter(service())
                .acquire(
                        QueryLane.ROUTES,
                        now.toEpochMilli(),
                        question,
                        now.plusMillis(patience),
                        () -> question.cancel(false));
        try {
            // One for its turn, one for its answer.
            return question.get(2 * patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAsked(taskId, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SoraException said ? said : notAsked(taskId, e);
        } catch (TimeoutException | CancellationException e) {
            throw notAsked(taskId, e);
        }
    }

    private static SoraException notAsked(String taskId, Exception cause) {
        return new ServiceUnavailableException(
                "The service could not be asked for task " + taskId + " in time.", About.accepted(null, taskId), cause);
    }

    /** The balance of the account, at most balanceCacheTime old, for a request of a key. */
    public Balance cachedBalance(String key) throws Exception {
        return component.accounts().balance(connection, key, runtime().ledger().now());
    }
}
