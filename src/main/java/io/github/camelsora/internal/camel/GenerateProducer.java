package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;

/** {@code sora:generate}: submits a new video, which is paid for. */
public final class GenerateProducer extends SubmitProducer {
    public GenerateProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
    }

    @Override
    SubmitRequest toWire(RemixRequest request, boolean isChecked) {
        if (isChecked) {
            request.validateAsNewVideo();
        }
        return SubmitRequest.of(SubmitOperation.GENERATE, request);
    }
}
