package io.github.camelsora.internal.camel.request;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraOperation;
import io.github.camelsora.internal.camel.option.AllowedFunctions;
import io.github.camelsora.internal.camel.option.OptionExpression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * What an endpoint reads off each message: the options that may be Simple expressions, and those that name headers.
 *
 * @param texts the options that may be expressions, by name; a value is null when it is not set
 * @param allowed which functions they may use
 * @param taskId the id of the task that a message is about; null for none
 * @param carryHeaders the names of headers to carry along, separated by commas; null for none
 */
public record MessageSettings(Map<String, String> texts, AllowedFunctions allowed, String taskId, String carryHeaders) {

    private static final String DEFAULT_MODEL = "sora-2";

    public MessageSettings {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        texts.forEach(allowed::check);
        if (!AllowedFunctions.isExpression(texts.get("duration"))) {
            RequestBodyParser.seconds("duration", texts.get("duration"));
        }
        if (!AllowedFunctions.isExpression(texts.get("priority"))) {
            PriorityText.parse(texts.get("priority"));
        }
        AllowedFunctions.checkPlain("taskId", taskId);
        AllowedFunctions.checkPlain("carryHeaders", carryHeaders);
    }

    public static MessageSettings of(SoraConfiguration options) {
        return new MessageSettings(
                expressions(options),
                AllowedFunctions.parse(options.getAllowExpressions()),
                options.getTaskId(),
                options.getCarryHeaders());
    }

    /** The options that may be Simple expressions, by name. */
    public static Map<String, String> expressions(SoraConfiguration options) {
        Map<String, String> expressions = new LinkedHashMap<>();
        expressions.put("requestKey", options.getRequestKey());
        expressions.put("prompt", options.getPrompt());
        expressions.put("videoId", options.getVideoId());
        expressions.put("model", model(options));
        expressions.put("duration", options.getDuration());
        expressions.put("aspectRatio", options.getAspectRatio());
        expressions.put("tag", options.getTag());
        expressions.put("tenant", options.getTenant());
        expressions.put("priority", options.getPriority());
        expressions.put("correlationId", options.getCorrelationId());
        expressions.put("directory", options.getDirectory());
        expressions.put("fileName", options.getFileName());
        return expressions;
    }

    /** The default is one for remixes and new videos. */
    private static String model(SoraConfiguration options) {
        boolean hasDefault = options.getModel() == null && options.getOperation() != SoraOperation.extend;
        return hasDefault ? DEFAULT_MODEL : options.getModel();
    }

    /** The text of an option that may be an expression; null when it is not set. */
    public String text(String option) {
        return texts.get(option);
    }

    /** An option that may be an expression. */
    public OptionExpression expression(CamelContext context, String option) {
        return OptionExpression.of(context, option, text(option), allowed);
    }
}
