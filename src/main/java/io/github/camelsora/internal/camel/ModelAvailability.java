package io.github.camelsora.internal.camel;

import io.github.camelsora.api.ModelCheck;
import io.github.camelsora.internal.camel.option.AllowedFunctions;
import io.github.camelsora.internal.models.ModelCatalog;
import io.github.camelsora.internal.toapis.SubmitRequest;
import java.util.Optional;

/**
 * Whether the models of an endpoint's submits are available: by the catalogue of models, and by the service's list (option {@code
 * modelCheck}).
 */
final class ModelAvailability {
    private final EndpointContext context;
    private final ModelCatalog catalog;
    private final ModelCheck mode;

    ModelAvailability(EndpointContext context, ModelCatalog catalog) {
        this.context = context;
        this.catalog = catalog;
        this.mode = context.settings().service().submit().modelCheck();
    }

    /** The endpoint has started: its model is checked, unless that depends on the message. */
    void start() {
        // Without a connection the first submit queries the list.
        if (mode == ModelCheck.OFF || context.service() == null) {
            return;
        }
        String model = context.settings().message().text("model");
        if (model == null || AllowedFunctions.isExpression(model)) {
            context.usableModels().prepare(context.modelQuery());
        } else {
            context.usableModels().warn(model, mode == ModelCheck.REFUSE, context.modelQuery());
        }
    }

    /** Warns if the service may reject the model of a submit, which is sent all the same. */
    void warn(SubmitRequest request) {
        if (mode == ModelCheck.WARN) {
            request.text("model").ifPresent(model -> context.usableModels().warn(model, false, context.modelQuery()));
        }
    }

    /** Why a submit is refused; empty if it can be sent. */
    Optional<String> refusal(SubmitRequest request) {
        return catalog.endOf(request).or(() -> mode == ModelCheck.REFUSE ? unlisted(request) : Optional.empty());
    }

    private Optional<String> unlisted(SubmitRequest request) {
        return request.text("model")
                .flatMap(model -> context.usableModels().refusal(model, context.modelQuery()))
                .map(reason ->
                        reason + ". Nothing was sent and nothing was paid. Later submits query the list again, at most"
                                + " every 5 minutes.");
    }
}
