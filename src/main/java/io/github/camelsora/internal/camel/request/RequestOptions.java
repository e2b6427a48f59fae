package io.github.camelsora.internal.camel.request;

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
        OptionExpression tenant,
        OptionExpression priority) {

    public static RequestOptions of(CamelContext context, MessageSettings settings) {
        return new RequestOptions(
                settings.expression(context, "requestKey"),
                settings.expression(context, "prompt"),
                settings.expression(context, "videoId"),
                settings.expression(context, "model"),
                settings.expression(context, "duration"),
                settings.expression(context, "aspectRatio"),
                settings.expression(context, "tenant"),
                settings.expression(context, "priority"));
    }
}
