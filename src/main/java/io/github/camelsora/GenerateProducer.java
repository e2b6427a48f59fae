package io.github.camelsora;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.toapis.SubmitRequest;

/** {@code sora:generate}: pays for a new video, so that there is something to remix. */
final class GenerateProducer extends SubmitProducer {
    GenerateProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    SubmitRequest toWire(RemixRequest request, boolean isChecked) {
        if (isChecked) {
            request.validateAsNewVideo();
        }
        return SubmitRequest.ofGeneration(request);
    }
}
