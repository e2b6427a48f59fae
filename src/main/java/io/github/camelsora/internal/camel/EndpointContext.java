package io.github.camelsora.internal.camel;

import io.github.camelsora.api.Balance;
import io.github.camelsora.api.LedgerOperator;
import io.github.camelsora.api.ServiceUnavailableException;
import io.github.camelsora.api.SoraException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.api.VideoTask;
import io.github.camelsora.internal.models.ModelCatalog;
import io.github.camelsora.internal.models.RequestPrices;
import io.github.camelsora.internal.poll.StatusQueries.SeenTask;
import io.github.camelsora.internal.ratelimit.QueryLane;
import io.github.camelsora.internal.runtime.HttpClientFactory;
import io.github.camelsora.internal.runtime.ServiceConnection;
import io.github.camelsora.internal.runtime.SoraRuntime;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.service.UsableModels;
import io.github.camelsora.internal.spend.CreditPrices;
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
    private final CreditPrices componentPrices;
    private final ServiceConnection connection;

    /**
     * Creates what an endpoint works with.
     *
     * @param component what the component shares
     * @param settings the options of the endpoint
     * @param componentPrices the option creditPrices of the component, which counts where the endpoint names no price
     */
    public EndpointContext(ComponentContext component, EndpointSettings settings, CreditPrices componentPrices) {
        this.component = component;
        this.settings = settings;
        this.componentPrices = componentPrices;
        this.connection = new ServiceConnection(settings.service(), component.history(), this::prices);
    }

    /**
     * What requests cost. An entry of the endpoint counts before the same entry of the component, and that before the same entry
     * of the catalogue.
     *
     * @throws IllegalArgumentException if the option modelCatalog names no catalogue
     */
    RequestPrices prices() {
        return new RequestPrices(settings.service()
                .spend()
                .prices()
                .orElse(componentPrices)
                .orElse(modelCatalog().prices()));
    }

    /** Connects the endpoint, if it sends requests to the service. The component must be started. */
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

    /**
     * The models that this endpoint knows.
     *
     * @throws IllegalArgumentException if the option modelCatalog names no catalogue
     */
    ModelCatalog modelCatalog() {
        return component.modelCatalogs().of(settings.service().submit().modelCatalog());
    }

    /** What runs since the last start of the component. */
    public SoraRuntime runtime() {
        return component.runtime();
    }

    /** The commands of an operator. */
    public LedgerOperator operator() {
        return component.operator();
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

    /** Queries a task once. A completion that is found this way counts like that of a poll. */
    SeenTask see(String taskId) {
        return runtime().engine().statusQueries.query(service(), taskId);
    }

    /**
     * Queries a task once, when the rate limiter permits it, and changes nothing. The calling thread waits for the answer.
     */
    public VideoTask queryInTurn(String taskId) {
        FutureTask<VideoTask> query =
                new FutureTask<>(() -> runtime().engine().statusQueries.look(service(), taskId));
        Instant now = runtime().ledger().now();
        long patience = settings.service().connection().responseTimeout().toMillis();
        runtime()
                .engine()
                .queries
                .queryLimiter(service())
                .acquire(
                        QueryLane.ROUTES,
                        now.toEpochMilli(),
                        query,
                        now.plusMillis(patience),
                        () -> query.cancel(false));
        try {
            // One for its permit, one for its answer.
            return query.get(2 * patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAnswered(taskId, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SoraException said ? said : notAnswered(taskId, e);
        } catch (TimeoutException | CancellationException e) {
            throw notAnswered(taskId, e);
        }
    }

    private static SoraException notAnswered(String taskId, Exception cause) {
        return new ServiceUnavailableException(
                "Task " + taskId + " could not be queried in time. This says nothing about the task, which may run on.",
                About.accepted(null, taskId),
                cause);
    }

    /** The models that the account may use. */
    UsableModels usableModels() {
        return component.accounts().models(connection);
    }

    /** How they are queried: in turn with the other queries of the account, on a thread of the HTTP pool. */
    UsableModels.Query modelQuery() {
        ServiceProfile service = service();
        return new UsableModels.Query(
                service.keyFingerprint(),
                service.client()::models,
                call -> {
                    long order = runtime().ledger().now().toEpochMilli();
                    runtime().engine().queries.queryLimiter(service).acquire(QueryLane.LOOK_UPS, order, call);
                },
                runtime().ledger()::now);
    }

    /** The balance of the account, at most balanceCacheTime old, for a request of a key. */
    public Balance cachedBalance(String key) throws Exception {
        return component.accounts().balance(connection, key, runtime().ledger().now());
    }
}
