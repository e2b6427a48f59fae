package io.github.camelsora.internal.camel.request;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.internal.models.ModelCatalog;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;

/** Checks what a request needs in any case, and what the catalogue of models says of it, before anything is sent. */
public final class RequestCheck {
    private final SubmitOperation operation;
    private final ModelCatalog catalog;

    public RequestCheck(SubmitOperation operation, ModelCatalog catalog) {
        this.operation = operation;
        this.catalog = catalog;
    }

    /**
     * Converts a request to the wire's form.
     *
     * @param isChecked whether it is checked against the limits of its model, too
     * @throws io.github.camelsora.api.BadRequestException if it cannot be sent; nothing was paid
     */
    public SubmitRequest toWire(RemixRequest request, boolean isChecked) {
        // It is part of the address, so even an unchecked request needs it.
        boolean needsVideo =
                operation.isOfVideo() && (isChecked ? TextCheck.isBlank(request.videoId()) : request.videoId() == null);
        if (needsVideo) {
            throw RequestBodyParser.rejected("sora:" + operation.word()
                    + " needs the id of a video: in the body (video_id), as header CamelSoraVideoId, or as option"
                    + " videoId");
        }
        if (isChecked && TextCheck.isBlank(request.prompt())) {
            throw RequestBodyParser.rejected("sora:" + operation.word() + " needs a prompt that says "
                    + whatAPromptSays() + ": in the body, as header CamelSoraPrompt, or as option prompt");
        }
        if (operation == SubmitOperation.EXTEND && TextCheck.isBlank(request.model())) {
            throw RequestBodyParser.rejected(
                    "sora:extend has no default model: name one in the body (model), as header CamelSoraModel, or as"
                            + " option model");
        }
        SubmitRequest wire = SubmitRequest.of(operation, request);
        if (isChecked) {
            catalog.check(wire);
        }
        return wire;
    }

    /** Tells whether a request has a field for the id of its trace. */
    public boolean hasTraceId(SubmitRequest request) {
        return catalog.hasTraceId(request);
    }

    private String whatAPromptSays() {
        return switch (operation) {
            case REMIX -> "what to change";
            case EXTEND -> "how the video goes on";
            case GENERATE -> "what to show";
        };
    }
}
