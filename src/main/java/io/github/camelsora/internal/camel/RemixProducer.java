package io.github.camelsora.internal.camel;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.api.RemixRequest;
import io.github.camelsora.internal.camel.request.RequestBodyParser;
import io.github.camelsora.internal.toapis.SubmitOperation;
import io.github.camelsora.internal.toapis.SubmitRequest;

/** {@code sora:remix}: submits a remix of a video, which is paid for. */
public final class RemixProducer extends SubmitProducer {
    public RemixProducer(SoraEndpoint endpoint, EndpointContext context) {
        super(endpoint, context);
    }

    @Override
    SubmitRequest toWire(RemixRequest request, boolean isChecked) {
        if (isChecked) {
            request.validate();
        } else if (request.videoId() == null) {
            // It is part of the address, so even an unchecked request needs it.
            throw RequestBodyParser.rejected("A remix needs the id of a video");
        }
        return SubmitRequest.of(SubmitOperation.REMIX, request);
    }
}
