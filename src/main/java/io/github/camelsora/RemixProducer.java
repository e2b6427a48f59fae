package io.github.camelsora;

import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.toapis.SubmitRequest;

/** {@code sora:remix}: pays for a remix of a video. */
final class RemixProducer extends SubmitProducer {
    RemixProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    SubmitRequest toWire(RemixRequest request, boolean isChecked) {
        if (isChecked) {
            request.validate();
        } else if (request.videoId() == null) {
            // It is part of the address, so that not even an unchecked request can do without it.
            throw RequestBodyParser.refused("A remix needs the id of a video");
        }
        return SubmitRequest.of(request);
    }
}
