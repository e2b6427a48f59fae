package io.github.camelsora.internal.camel.request;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.internal.camel.option.AllowedFunctions;
import io.github.camelsora.internal.camel.option.OptionExpression;
import org.apache.camel.CamelContext;

/** The options that say what to submit, each of which may be a Simple expression. */
public record RequestOptions(
        OptionExpression requestKey,
        OptionExpression prompt,
        OptionExpression videoId,
        OptionExpression model,
        OptionExpression duration,
        OptionExpression aspectRatio,
        OptionExpression tenant) {

    public static RequestOptions of(CamelContext context, SoraConfiguration options) {
        AllowedFunctions allowed = options.expressions();
        return new RequestOptions(
                OptionExpression.of(context, "requestKey", options.getRequestKey(), allowed),
                OptionExpression.of(context, "prompt", options.getPrompt(), allowed),
                OptionExpression.of(context, "videoId", options.getVideoId(), allowed),
                OptionExpression.of(context, "model", options.getModel(), allowed),
                OptionExpression.of(context, "duration", options.getDuration(), allowed),
                OptionExpression.of(context, "aspectRatio", options.getAspectRatio(), allowed),
                OptionExpression.of(context, "tenant", options.getTenant(), allowed));
    }
}
