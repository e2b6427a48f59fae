package io.github.camelsora.internal.models;

import io.github.camelsora.api.BadRequestException;
import io.github.camelsora.api.SoraException.About;
import io.github.camelsora.internal.models.ModelEntry.State;
import io.github.camelsora.internal.spend.CreditPrices;
import io.github.camelsora.internal.spend.CreditPrices.CreditPrice;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models that are known: those of the resource {@code io/github/camelsora/models.json} in the jar, under those of the user.
 * A model that is in neither is not checked. Immutable.
 */
public final class ModelCatalog {
    private static final String NOTHING_PAID = ". Nothing was sent and nothing was paid.";

    private final Map<String, ModelEntry> models;
    private final CreditPrices prices;

    ModelCatalog(Map<String, ModelEntry> models) {
        this.models = Map.copyOf(models);
        Map<String, CreditPrice> byModel = new HashMap<>();
        models.forEach((name, entry) -> {
            if (entry.price() != null) {
                byModel.put(name, entry.price());
            }
            entry.prices().forEach((seconds, price) -> byModel.put(name + "/" + seconds, price));
        });
        this.prices = new CreditPrices(byModel);
    }

    /** The catalogue of the jar. */
    public static ModelCatalog shipped() {
        return ModelCatalogReader.shipped();
    }

    /** The prices that the entries name. */
    public CreditPrices prices() {
        return prices;
    }

    Map<String, ModelEntry> models() {
        return models;
    }

    /**
     * Why the model of a request is not available.
     *
     * @return the reason, with the day and the successors as far as they are known; empty unless the catalogue says that it has
     *     ended
     */
    public Optional<String> endOf(SubmitRequest request) {
        String model = request.text("model").orElse("");
        return Optional.ofNullable(models.get(model))
                .filter(entry -> entry.state() == State.ended)
                .map(entry -> entry.endInWords(model) + NOTHING_PAID
                        + " If the service offers it again, an entry of your modelCatalog can say so.");
    }

    /** Tells whether the model of a request is documented to have the field {@code trace_id}. */
    public boolean hasTraceId(SubmitRequest request) {
        return request.text("model").map(models::get).filter(ModelEntry::traced).isPresent();
    }

    /**
     * Checks a request against the limits of its model.
     *
     * @throws BadRequestException if the service would reject the request, or would accept it and fail
     */
    public void check(SubmitRequest request) {
        violation(request).ifPresent(reason -> {
            throw new BadRequestException(reason + NOTHING_PAID, About.NOTHING_SENT, null);
        });
    }

    private Optional<String> violation(SubmitRequest request) {
        String model = request.text("model").orElse("");
        ModelRules rules = Optional.ofNullable(models.get(model))
                .map(entry -> entry.rules(request.operation()))
                .orElse(ModelRules.NONE);
        Object duration = request.fields().get("duration");
        boolean hasNoLength =
                duration instanceof Number seconds && seconds.doubleValue() <= 0 && !rules.namesDuration(seconds);
        return hasNoLength
                ? Optional.of("A duration is a whole number of seconds above 0, not " + duration)
                : rules.violation(model, request.fields());
    }
}
