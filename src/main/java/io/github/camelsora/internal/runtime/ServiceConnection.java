package io.github.camelsora.internal.runtime;

import io.github.camelsora.api.SubmitPlan.LimitLeft;
import io.github.camelsora.api.TaskLedger;
import io.github.camelsora.api.TaskRecord;
import io.github.camelsora.internal.ledger.TaskKey;
import io.github.camelsora.internal.ledger.TaskLabels;
import io.github.camelsora.internal.models.RequestPrices;
import io.github.camelsora.internal.poll.learned.DurationHistory;
import io.github.camelsora.internal.poll.learned.LearnedPollSchedule;
import io.github.camelsora.internal.poll.schedule.FixedPollSchedule;
import io.github.camelsora.internal.poll.schedule.PollSchedule;
import io.github.camelsora.internal.runtime.settings.PollSettings;
import io.github.camelsora.internal.runtime.settings.ServiceSettings;
import io.github.camelsora.internal.service.ServiceProfile;
import io.github.camelsora.internal.spend.LimitedBooking;
import io.github.camelsora.internal.spend.SpendLimits;
import io.github.camelsora.internal.submit.SubmitCommand;
import io.github.camelsora.internal.toapis.ApiKey;
import io.github.camelsora.internal.toapis.SubmitRequest;
import io.github.camelsora.internal.toapis.ToApisClient;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * One endpoint's way to the service. Its connections are those of a runtime, so it is connected anew when the component
 * starts again.
 */
public final class ServiceConnection {
    private final ServiceSettings settings;
    private final DurationHistory history;
    private final Supplier<RequestPrices> prices;
    private volatile HttpClientFactory.Clients clients;
    private volatile ServiceProfile profile;

    /**
     * Creates a connection that is not connected yet.
     *
     * @param settings how the service is called
     * @param history how long tasks take, for the learned schedule
     * @param prices what requests cost by this endpoint
     */
    public ServiceConnection(ServiceSettings settings, DurationHistory history, Supplier<RequestPrices> prices) {
        this.settings = settings;
        this.history = history;
        this.prices = prices;
    }

    /**
     * Takes connections from a runtime, and sets the rate limits of the account.
     *
     * @param runtime the runtime
     * @param apiKey the API key of the account
     */
    public void connect(SoraRuntime runtime, ApiKey apiKey) throws Exception {
        clients = runtime.httpClients().with(settings.connection());
        profile = new ServiceProfile(
                settings.connection().account(),
                new ToApisClient(
                        settings.connection().baseUrl(),
                        apiKey,
                        clients.outage(),
                        clients.submits(),
                        clients.queries()),
                settings.submit().sendRequestKey(),
                settings.submit().callbackUrl(),
                schedule(settings.polling()),
                settings.timeouts());
        runtime.rateLimiters()
                .of(profile.account(), profile.baseUrl())
                .setLimits(settings.rates().limits());
        runtime.measure(profile.account());
    }

    private PollSchedule schedule(PollSettings polling) {
        FixedPollSchedule fixed =
                new FixedPollSchedule(polling.initialDelay(), polling.interval(), () -> ThreadLocalRandom.current()
                        .nextLong());
        return switch (polling.schedule()) {
            case FIXED -> fixed;
            case LEARNED -> new LearnedPollSchedule(fixed, history);
        };
    }

    public ServiceSettings settings() {
        return settings;
    }

    /** The service as this endpoint sees it; null until it is connected. */
    public ServiceProfile profile() {
        return profile;
    }

    /** The HTTP clients; null until it is connected. */
    public HttpClientFactory.Clients clients() {
        return clients;
    }

    /** What is left of the limits of spending of its account; none when nothing is limited. */
    public List<LimitLeft> limitsLeft(TaskLedger ledger) {
        SpendLimits limits = settings.spend().limits();
        String account = settings.connection().account();
        return ledger.book()
                .map(book -> LimitedBooking.left(account, limits, ledger.now(), book.held(account)))
                .orElse(List.of());
    }

    /** What the request of a record costs now by the prices of this endpoint. */
    Optional<BigDecimal> priceOf(TaskRecord record) {
        return prices.get().priceOf(SubmitRequest.of(record));
    }

    /** A submit that stands in the ledger, to be sent once more: it is paid once more, at the price of today. */
    public SubmitCommand resubmission(TaskRecord record) {
        return new SubmitCommand(
                TaskKey.of(record),
                SubmitRequest.of(record).requireVideo(),
                profile,
                TaskLabels.of(record),
                settings.spend().of(priceOf(record).orElse(record.price().estimated())),
                false,
                null,
                settings.submit().storePrompt());
    }
}
